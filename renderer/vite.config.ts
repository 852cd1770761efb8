import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react(), voices()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome114',
    rollupOptions: {
      input: ['index.html', 'decode.html'].map((page) => fileURLToPath(new URL(page, import.meta.url))),
    },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
  },
})

/** The synthesiser looks for its voices beside its own module. */
function voices(): Plugin {
  const path = createRequire(import.meta.url).resolve('@echogarden/espeak-ng-emscripten')
  return {
    name: 'voices',
    generateBundle() {
      const source = readFileSync(path.replace(/\.js$/u, '.data'))
      this.emitFile({ type: 'asset', fileName: 'assets/espeak-ng.data', source })
    },
  }
}
