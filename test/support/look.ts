import { parseArgs } from 'node:util'
import { launchApp, waitForAnalysis } from './app'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zh: { type: 'boolean' },
    dark: { type: 'boolean' },
    size: { type: 'string' },
    press: { type: 'string' },
    wait: { type: 'string' },
  },
})
const [target, ...files] = positionals
if (!target) {
  console.error(
    'Usage: tsx test/support/look.ts OUT.png [--zh] [--dark] [--size 1280x800] [--press KEY] [FILES…]',
  )
  process.exit(2)
}
const [width = 1280, height = 800] = (values.size ?? '1280x800').split('x').map(Number)
const settings = { language: values.zh ? 'zh' : 'en', theme: values.dark ? 'dark' : 'light' }
const { page, close, errors } = await launchApp({ files, settings, size: { width, height } })
if (files.length > 1) await waitForAnalysis(page)
if (values.press) for (const key of values.press.split(' ')) await page.keyboard.press(key)
await page.waitForTimeout(Number(values.wait ?? 800))
await page.screenshot({ path: target })
console.log(errors.length === 0 ? 'no errors' : errors.join('\n'))
await close()
