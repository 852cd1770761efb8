import { align, alignHelp } from './align'
import { convert, convertHelp } from './convert'
import { NeedsWindow, wordsForRecording } from './decodersFor'
import { inspect, inspectHelp } from './inspect'
import { peaks, peaksHelp } from './peaks'
import type { Terminal } from './terminal'
import { systemMessage, UsageError } from './usage'

const verbs = {
  inspect: { run: inspect, help: inspectHelp, summary: 'show the turns, speakers and marks of a transcript' },
  convert: {
    run: convert,
    help: convertHelp,
    summary: 'write a transcript in another format, or with times',
  },
  align: { run: align, help: alignHelp, summary: 'find when each turn, sentence and word is said' },
  peaks: {
    run: peaks,
    help: peaksHelp,
    summary: 'write the waveform of a recording as an audiowaveform file',
  },
} as const

const help = `Usage: earmark VERB [ARGUMENTS]
       earmark [RECORDING] [TRANSCRIPT]

Without a verb, opens the window. Verbs:
${Object.entries(verbs)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

  --help      this text; after a verb, the verb's own
  --version   the version
`

function isVerb(word: string | undefined): word is keyof typeof verbs {
  return word !== undefined && Object.hasOwn(verbs, word)
}

/** The arguments ask for the command line, not for the window. */
export function isCommandLine(args: readonly string[]): boolean {
  const words = args.filter((argument) => argument !== '--no-sandbox')
  return isVerb(words[0]) || words[0] === '--help' || words[0] === '-h' || words[0] === '--version'
}

/** Runs a verb. Results go to standard output, messages to standard error.
 *  @returns the exit code: 0 done, 1 the input could not be used, 2 the call was wrong */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...rest] = args
  if (word === '--version') {
    await terminal.out(`earmark ${terminal.version}\n`)
    return 0
  }
  if (word === '--help' || word === '-h' || word === 'help') {
    await terminal.out(help)
    return 0
  }
  if (!isVerb(word)) {
    await terminal.error(
      word === undefined ? help : `earmark: unknown verb: ${word}\nTry 'earmark --help'.\n`,
    )
    return 2
  }
  const verb = verbs[word]
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.out(verb.help)
    return 0
  }
  try {
    return await verb.run(rest, terminal)
  } catch (reason) {
    if (reason instanceof UsageError) {
      await terminal.error(`earmark: ${reason.message}\nTry 'earmark ${word} --help'.\n`)
      return 2
    }
    if (reason instanceof NeedsWindow) {
      // What came by standard input cannot be read a second time.
      const code = args.includes('-') ? null : ((await terminal.runInApp?.(args)) ?? null)
      if (code !== null) return code
      await terminal.error(
        `earmark: ${reason.message}: ${wordsForRecording({ kind: 'notAudio' }, terminal)}\n`,
      )
      return 1
    }
    const { code } = reason as NodeJS.ErrnoException
    if (typeof code !== 'string') throw reason
    await terminal.error(
      `earmark: ${(reason as NodeJS.ErrnoException).path ?? word}: ${systemMessage(code)}\n`,
    )
    return 1
  }
}
