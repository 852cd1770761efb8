import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../../shared/session/anchors'
import { moveBoundary, setRecordingFacts } from '../../../shared/session/boundaries'
import { turnTimesOf } from '../../../shared/session/queries'
import { createSession } from '../../../shared/session/session'
import { applySidecar, readSidecar, type Sidecar, writeSidecar } from '../../../shared/session/sidecar'

const doc =
  'ANA LIMA: Good evening to all of you.\n\nBO REYES: Thank you very much.\n\nANA LIMA: And good night.\n'
const about = {
  transcript: { name: 'a.txt', hash: 'x' },
  recording: { name: 'a.mp3', key: 'k', duration: 30 },
}

function kept(): Sidecar {
  let session = createSession({ doc })
  session = session.update(setRecordingFacts(session, { duration: 30, speech: [] })).state
  const moved = moveBoundary(session, 1, 12.345)
  const read = readSidecar(writeSidecar(session.update(moved ?? {}).state, about))
  if (!read.ok) throw new Error(read.error.kind)
  return read.value
}

describe('a sidecar', () => {
  it('brings every time back', () => {
    const { anchors, lost } = applySidecar(doc, kept())
    expect(lost).toEqual([])
    const session = createSession({ doc, anchors })
    expect(anchorsOf(session)).toHaveLength(3)
    expect(turnTimesOf(session)[1]).toMatchObject({ start: 12.345, isPinned: true })
  })

  it('finds its places again in a text that was edited elsewhere', () => {
    const edited = `Minutes of the evening\n\n${doc.replace('very much', 'so very, very much')}`
    const { anchors, lost } = applySidecar(edited, kept())
    expect(lost).toEqual([])
    const session = createSession({ doc: edited, anchors })
    expect(turnTimesOf(session)[1]).toMatchObject({ start: 12.345, isPinned: true })
  })

  it('reports what it cannot find', () => {
    const { anchors, lost } = applySidecar('Something else altogether stands here.\n', kept())
    expect(anchors.filter(({ origin }) => origin === 'pinned')).toEqual([])
    expect(lost).toMatchObject([{ time: 12.345, isPinned: true }])
  })

  it.each([
    ['{', 'notSidecar'],
    ['[]', 'notSidecar'],
    ['{"format":"earmark","version":1}', 'notSidecar'],
    ['{"format":"earmark","version":2}', 'newerSidecar'],
    [JSON.stringify({ ...kept(), anchors: [{ time: -1 }] }), 'notSidecar'],
    [JSON.stringify({ ...kept(), anchors: [{ ...kept().anchors[0], time: null }] }), 'notSidecar'],
  ])('is refused when it is %j', (text, kind) => {
    const read = readSidecar(text)
    expect(!read.ok && read.error.kind).toBe(kind)
  })
})
