import type { Transcript, Turn } from '../../shared/transcript/transcript'

/** A transcript as bare values, whatever its turns are made of. */
export function plain(transcript: Transcript): Transcript {
  const turns = transcript.turns.map(
    ({ index, from, to, label, speaker, time, paragraphs }): Turn => ({
      index,
      from,
      to,
      label,
      speaker,
      time,
      paragraphs,
    }),
  )
  return { ...transcript, turns }
}
