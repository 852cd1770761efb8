import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from '../support/app'
import { encode, longSession } from '../support/longSession'
import { longTranscript, oneLine } from '../support/longTranscript'

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
    return this.once('line.txt', (path) => writeFileSync(path, oneLine(2000, 1_000_000)))
  }

  remove(): void {
    if (this.session) rmSync(this.session.folder, { recursive: true, force: true })
  }
}
