import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from '../support/app'
import { encode, longSession } from '../support/longSession'

/** Recordings and transcripts of one run, made when a case asks for them first. */
export class Inputs {
  private session: ReturnType<typeof longSession> | null = null
  private readonly made = new Map<string, string>()

  private get base() {
    this.session ??= longSession(join(samples, 'en'), 120)
    return this.session
  }

  private once(name: string, make: (path: string) => void): string {
    const path = join(this.base.folder, name)
    if (!this.made.has(path)) make(path)
    this.made.set(path, path)
    return path
  }

  /** Two hours of speech and pauses, mp3, mono, 64 kbit/s. */
  get mono(): string {
    return this.base.recording
  }

  /** The same in stereo at 128 kbit/s. */
  get stereo(): string {
    return this.once('stereo.mp3', (path) =>
      encode(this.mono, path, [], ['-ar', '44100', '-ac', '2', '-b:a', '128k']),
    )
  }

  /** Ten hours. */
  get long(): string {
    return this.once('long.mp3', (path) => encode(this.mono, path, ['-stream_loop', '4'], ['-c', 'copy']))
  }

  /** Ten thousand turns, five million characters. */
  get turns(): string {
    return this.once('turns.txt', (path) => writeFileSync(path, longTranscript(10_000, 5_000_000)))
  }

  /** A million characters on one line, with arrows in it. */
  get oneLine(): string {
    return this.once('line.txt', (path) =>
      writeFileSync(path, `>> ${longTranscript(2000, 1_000_000).replace(/\n+[A-Z ]+: /gu, ' >> ')}`),
    )
  }

  remove(): void {
    if (this.session) rmSync(this.session.folder, { recursive: true, force: true })
  }
}

const words =
  'the council has heard from residents about bus stops and parking on the corner where new trees were planted last spring and we shall vote on it again next week with care'.split(
    ' ',
  )

/** Made-up speech of forty speakers, the same in every run; one passage in twenty turns is inaudible. */
function longTranscript(turns: number, characters: number): string {
  let seed = 7
  const next = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return (seed >>> 8) % below
  }
  const sentence = () => {
    const said = Array.from({ length: 6 + next(12) }, () => words[next(words.length)]).join(' ')
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
  }
  const names = Array.from({ length: 40 }, (_, index) => {
    const letter = (at: number) => String.fromCharCode(65 + (at % 26))
    return `${letter(index)}${letter(index * 7 + 3)}A ${letter(index * 5 + 1)}O${letter(index * 11)}ER`
  })
  return Array.from({ length: turns }, (_, turn) => {
    let said = ''
    while (said.length < characters / turns - 16) said += `${said === '' ? '' : ' '}${sentence()}`
    return `${names[next(names.length)]}: ${said}${turn % 20 === 5 ? ' [inaudible]' : ''}\n\n`
  }).join('')
}
