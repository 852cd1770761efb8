import type { TimingsProblem } from '../../shared/formats/recognisers/readTimings'
import type { OpenProblem } from '../../shared/formats/text'
import type { FileProblem } from '../../shared/ipc'
import type { RecordingProblem } from '../../shared/recording/decoding'
import { assertNever } from '../../shared/result'
import type { SidecarProblem } from '../../shared/session/sidecar'
import { messages } from '../state/messages'
import { type Notice, notify } from '../state/view'

export type Problem = FileProblem | OpenProblem | SidecarProblem | RecordingProblem | TimingsProblem

/** What the user reads of a failure. Every expected failure is put into words here. */
export function wordsFor(
  problem: Problem,
  name: string,
): { readonly title: string; readonly explanation: string } {
  const words = messages().problems
  switch (problem.kind) {
    case 'gone':
    case 'notAllowed':
    case 'readOnly':
    case 'full':
    case 'busy':
    case 'isFolder':
    case 'changed':
    case 'unknown': {
      const { title, explanation } = words.file[problem.kind]
      const detail = problem.kind === 'unknown' && problem.detail ? ` (${problem.detail})` : ''
      return { title: title(problem.name || name), explanation: explanation + detail }
    }
    case 'tooLarge':
      if ('limit' in problem)
        return {
          title: words.tooLarge.title(name),
          explanation: words.tooLarge.explanation(`${problem.limit / 1048576} MB`),
        }
      return {
        title: words.file.tooLarge.title(problem.name || name),
        explanation: words.file.tooLarge.explanation,
      }
    case 'binary':
      return { title: words.binary.title(name), explanation: words.binary.explanation }
    case 'notSidecar':
      return words.notSidecar
    case 'newerSidecar':
      return words.newerSidecar
    case 'empty':
    case 'notAudio':
    case 'unfinished':
    case 'truncated':
    case 'unreadable':
      return {
        title: words.recording[problem.kind].title(name),
        explanation: words.recording[problem.kind].explanation,
      }
    case 'unsupportedCodec':
      return { title: words.codec.title(name), explanation: words.codec.explanation(problem.codec) }
    case 'notTimings':
      return { title: words.timings.notTimings(name), explanation: words.timings.notTimingsWhy }
    case 'brokenJson':
      return {
        title: words.timings.brokenJson(name),
        explanation: words.timings.brokenJsonWhy(problem.line, problem.column),
      }
    case 'malformedTimings':
      return {
        title: words.timings.malformed(name, problem.format),
        explanation: words.timings.malformedWhy(problem.place),
      }
    case 'noWords':
      return {
        title: words.timings.noWords(name),
        explanation: words.timings.noWordsWhy(problem.format),
      }
    default:
      return assertNever(problem)
  }
}

/** Shows a failure until the user dismisses it, with what can be done about it. */
export function report(problem: Problem, name = '', actions: Notice['actions'] = []): void {
  const { title, explanation } = wordsFor(problem, name)
  notify({ tone: 'error', title, explanation, actions })
}
