import type { Session } from '../../shared/session/session'
import { timedTurns } from '../../shared/session/timedTurns'
import { type Cue, type CueStyle, cuesFromTurns } from '../../shared/subtitles/cues'

/** Milliseconds of work after which the window has its turn. */
const slice = 10

/** The cues of a session, worked out in slices: those of ten thousand turns take seconds.
 *  @param progress is given what is there after each slice; it ends the work by returning `false`
 *  @returns `null` when it was ended */
export async function cuesInSlices(
  session: Session,
  style: CueStyle,
  progress: (cues: readonly Cue[]) => boolean = () => true,
): Promise<readonly Cue[] | null> {
  const cues: Cue[] = []
  let started = performance.now()
  for (const turn of timedTurns(session)) {
    cues.push(...cuesFromTurns([turn], style))
    if (performance.now() - started < slice) continue
    if (!progress(cues)) return null
    await new Promise((done) => setTimeout(done))
    started = performance.now()
  }
  return cues
}
