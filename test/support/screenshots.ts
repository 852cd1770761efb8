import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../electron/dev/package'
import { prepareSystem } from '../../electron/dev/system'
import { copySample, launchApp, waitForAnalysis } from './app'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

const pictures = [
  { name: 'main-en-light', language: 'en', theme: 'light' },
  { name: 'main-zh-dark', language: 'zh', theme: 'dark' },
] as const

/** Makes the README's pictures: the main window at work on the samples. */
async function takePictures(): Promise<void> {
  mkdirSync(docs, { recursive: true })
  for (const { name, language, theme } of pictures) {
    const { folder, recording, transcript } = copySample(language)
    const { page, close } = await launchApp({
      files: [recording, transcript],
      settings: { language, theme },
      size: { width: 1440, height: 900 },
    })
    await waitForAnalysis(page)
    await page.keyboard.press('F7')
    await page.keyboard.press('Control+-')
    await page.waitForTimeout(1500)
    await page.keyboard.press('Escape')
    await page.waitForTimeout(500)
    await page.screenshot({ path: `${docs}/${name}.png` })
    await close()
    rmSync(folder, { recursive: true })
    console.log(`docs/${name}.png`)
  }
}

if (process.env.DISPLAY) await takePictures()
else {
  const { executable } = await packageFolder()
  const [program, ...args] = [
    ...prepareSystem(executable, { needsChineseFont: true }),
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]
  process.exitCode = spawnSync(program as string, args, { stdio: 'inherit' }).status ?? 1
}
