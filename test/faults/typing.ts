import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '../../shared/session/journal'
import { copySample, launchApp } from '../support/app'

/** What was lost of typing when the app was killed. */
interface Loss {
  readonly isPaused: boolean
  readonly typed: number
  readonly lost: number
  /** Milliseconds between the oldest keystroke that is lost and the kill; 0 when nothing is. */
  readonly age: number
  /** What the journal leads to is not the beginning of what was typed. */
  readonly isWrong: boolean
}

/** The bounds of `docs/reliability.md`, milliseconds: after a pause in typing, and while it goes on. */
const afterPause = 1000
const midTyping = 5000

/** Kills so many times in mid-typing and as many after a pause, and prints what was lost.
 *  @returns kinds of kill that lost too much */
export async function killsWhileTyping(runs: number): Promise<number> {
  let failed = 0
  for (const isPaused of [false, true]) {
    const losses: Loss[] = []
    for (let run = 0; run < runs; run++) losses.push(await killWhileTyping(isPaused))
    const oldest = Math.max(...losses.map(({ age }) => age))
    const isBroken = losses.some(({ isWrong }) => isWrong) || oldest > (isPaused ? afterPause : midTyping)
    if (isBroken) failed++
    const typed = losses.reduce((sum, loss) => sum + loss.typed, 0)
    const lost = losses.reduce((sum, loss) => sum + loss.lost, 0)
    console.log(
      `${isBroken ? 'FAILED ' : ''}kill -9 of the packaged app ${isPaused ? 'a second after typing' : 'in mid-typing'}: ${runs} runs, ${typed} keystrokes, ${lost} lost, the oldest ${oldest} ms before the kill`,
    )
  }
  return failed
}

/** Types into the packaged app, kills it at a random moment, and looks at what its journal leads to.
 *  @param isPaused kills at least a second after the last keystroke, otherwise in mid-typing */
async function killWhileTyping(isPaused: boolean): Promise<Loss> {
  const { folder, transcript } = copySample('en')
  const { app, page, userData } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+End')
  const base = readFileSync(transcript, 'utf8')
  const times: number[] = []
  let typed = ''
  const end = Date.now() + 300 + Math.random() * 9000
  while (Date.now() < end) {
    const key = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(Math.random() * 26)] as string
    await page.keyboard.type(key)
    typed += key
    times.push(Date.now())
    await new Promise((done) => setTimeout(done, 20 + Math.random() * 160))
  }
  if (isPaused) await new Promise((done) => setTimeout(done, 1000 + Math.random() * 200))
  const child = app.process()
  const hasLeft = new Promise<void>((done) => child.once('exit', () => done()))
  const killed = Date.now()
  child.kill('SIGKILL')
  await hasLeft
  const found = journalIn(userData)
  const text = found === null ? base : (readJournal(found)?.text ?? '')
  const isWrong = !`${base}${typed}`.startsWith(text) || text.length < base.length
  const kept = text.length - base.length
  const oldest = times[kept]
  for (const path of [folder, userData]) remove(path)
  return {
    isPaused,
    typed: typed.length,
    lost: typed.length - kept,
    age: oldest === undefined ? 0 : killed - oldest,
    isWrong,
  }
}

/** The page and the other processes outlive the kill for a moment, and write. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 })
  } catch {
    // It lies among the system's temporary files.
  }
}

function journalIn(userData: string): string | null {
  const folder = join(userData, 'journal')
  const name = existsSync(folder) && readdirSync(folder).find((entry) => entry.endsWith('.journal'))
  if (!name) return null
  const text = readFileSync(join(folder, name), 'utf8')
  return text.slice(text.indexOf('\n') + 1)
}
