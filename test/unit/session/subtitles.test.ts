import { describe, expect, it } from 'vitest'
import { moveBoundary, setRecordingFacts } from '../../../shared/session/boundaries'
import { mergeTurnWithPrevious, splitTurn } from '../../../shared/session/labelEdits'
import { transcriptOf, turnTimesOf } from '../../../shared/session/queries'
import { createSession, type Session } from '../../../shared/session/session'
import { timedTurns } from '../../../shared/session/timedTurns'
import { removeTimestamps, timestampTurns } from '../../../shared/session/timestamps'
import { opened, savedBytes, utf8 } from '../../support/text'

const subRip = [
  '\uFEFF1\r\n00:00:01,000 --> 00:00:03,500\r\nGood evening, <i>everybody</i>,\r\nand welcome.\r\n\r\n',
  '2\r\n00:00:03,500 --> 00:00:06,000\r\nThis is the council.\r\n\r\n\r\n',
  '3\r\n00:00:08,000 --> 00:00:09,000\r\nWe begin.\r\n',
].join('')

function start(text = opened(utf8(subRip)).doc): Session {
  const session = createSession({ doc: text })
  return session.update(setRecordingFacts(session, { duration: 12, speech: [[1, 9]] })).state
}

describe('subtitles opened as the transcript', () => {
  it('have the times that are written for each, with the gap between two', () => {
    const times = turnTimesOf(start())
    expect(times.map(({ start, end, origin }) => [start, end, origin])).toEqual([
      [1, 3.5, 'imported'],
      [3.5, 6, 'imported'],
      [8, 9, 'imported'],
    ])
    expect(times.map(({ isParted }) => isParted)).toEqual([false, true, true])
  })

  it('are exported as they are divided', () => {
    expect(timedTurns(start()).map(({ text, start, end }) => [text, start, end])).toEqual([
      ['Good evening, <i>everybody</i>, and welcome.', 1, 3.5],
      ['This is the council.', 3.5, 6],
      ['We begin.', 8, 9],
    ])
  })

  it('are saved to the byte, but for the words that were corrected', () => {
    const file = opened(utf8(subRip))
    const at = file.doc.indexOf('council')
    const session = start().update({ changes: { from: at, to: at + 7, insert: 'committee' } }).state
    expect(turnTimesOf(session).map(({ start }) => start)).toEqual([1, 3.5, 8])
    const moved = session.update(moveBoundary(session, 1, 4) ?? {}).state
    expect(savedBytes(file, moved)).toEqual(utf8(subRip.replace('council', 'committee')))
  })

  it('keep their lines of times whatever is done to turns and times', () => {
    const session = start()
    expect(mergeTurnWithPrevious(session, 1)).toBeNull()
    expect(timestampTurns(session, { template: '[hh:mm:ss]', offset: 0, only: 'all' })).toBeNull()
    expect(removeTimestamps(session)).toBeNull()
    const text = session.doc.toString()
    const split = session.update(splitTurn(session, text.indexOf('is the'), 'BO LI') ?? {}).state
    expect(split.doc.toString()).toBe(text.replace('This is', 'This\nBO LI: is'))
  })

  it('that name who speaks keep them too', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:03,000\nANA: Good evening.\n\n2\n00:00:04,000 --> 00:00:06,000\nBO: Thanks.\n\n3\n00:00:07,000 --> 00:00:08,000\nANA: Now.\nBO: Yes.\n'
    const session = start(text)
    expect(transcriptOf(session).speakers.map(({ name }) => name)).toEqual(['ANA', 'BO'])
    expect(
      turnTimesOf(session)
        .map(({ start }) => start)
        .slice(0, 3),
    ).toEqual([1, 4, 7])
    expect(removeTimestamps(session)).toBeNull()
    const split = session.update(splitTurn(session, text.indexOf('evening'), 'CY') ?? {}).state
    expect(split.doc.toString()).toBe(text.replace('Good evening', 'Good\nCY: evening'))
  })
})
