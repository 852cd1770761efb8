import type { Transcript, Turn } from '../../shared/transcript/transcript'

/** A transcript as bare values, whatever it and its turns are made of. */
export function plain(transcript: Transcript): Transcript {
  const turns = transcript.turns.map(
    ({ index, from, to, label, speaker, time, cue, paragraphs }): Turn => ({
      index,
      from,
      to,
      label,
      speaker,
      time,
      cue,
      paragraphs,
    }),
  )
  const { speakers, marks, torn, alike, furniture } = transcript
  return { turns, speakers, marks, torn, alike, furniture }
}
