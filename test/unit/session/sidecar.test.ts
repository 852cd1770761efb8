import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../../shared/session/anchors'
import { moveBoundary, setRecordingFacts } from '../../../shared/session/boundaries'
import { turnTimesOf } from '../../../shared/session/queries'
import { createSession } from '../../../shared/session/session'
import {
  applySidecar,
  isSidecarOf,
  readSidecar,
  type Sidecar,
  writeSidecar,
} from '../../../shared/session/sidecar'

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

  it('is what was meant only when it reads back so', () => {
    let session = createSession({ doc, reviewDone: [{ kind: 'torn', position: 40 }] })
    session = session.update(setRecordingFacts(session, { duration: 30, speech: [] })).state
    session = session.update(moveBoundary(session, 1, 12.345) ?? {}).state
    const text = writeSidecar(session, about)
    expect(isSidecarOf(session, text)).toBe(true)
    expect(isSidecarOf(session, text.replace('12.345', '12.346'))).toBe(false)
    expect(isSidecarOf(session, text.replace('"torn"', '"alike"'))).toBe(false)
    expect(isSidecarOf(session, text.slice(1))).toBe(false)
    // JSON has no such number: the file would be refused when it is read.
    const [first] = anchorsOf(session)
    if (!first) throw new Error('no anchor')
    const broken = createSession({ doc, anchors: [{ ...first, confidence: Number.NaN }] })
    expect(isSidecarOf(broken, writeSidecar(broken, about))).toBe(false)
  })

  it('brings back what was heard at a mark that stands as it stood, wherever that is now', () => {
    const marked = 'ANA: We would [inaudible] it.\n\nBO: And [inaudible] too.\n'
    const [one, other] = [marked.indexOf('['), marked.lastIndexOf('[')]
    const suggestions = [one, other].map((from, index) => ({
      from,
      to: from + 11,
      text: `heard ${index}`,
      start: index,
      end: index + 0.5,
    }))
    const read = readSidecar(writeSidecar(createSession({ doc: marked, suggestions }), about))
    if (!read.ok) throw new Error(read.error.kind)
    expect(applySidecar(marked, read.value).suggestions).toEqual(suggestions)
    const edited = `Minutes\n\n${marked.replace('And [inaudible]', 'And [applause]')}`
    expect(applySidecar(edited, read.value).suggestions).toEqual([
      { ...suggestions[0], from: one + 9, to: one + 20 },
    ])
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
