import { ChangeSet } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteOffset, openText, reencode, saveText } from '../../../shared/formats/text'
import { codecOf, type Encoding, encodings } from '../../../shared/transcript/codecs'
import { lineEndKind } from '../../../shared/transcript/lineEnds'
import { opened, stretches, utf8 } from '../../support/text'

/** Characters that an encoding holds, for making files in it. */
const alphabets: Record<Encoding, string> = {
  'utf-8': 'aé中😀 ',
  'utf-16le': 'aé中😀 ',
  'utf-16be': 'aé中😀 ',
  gb18030: 'a会议é😀 ',
  big5: 'a會議 ',
  shift_jis: 'a会議テ ',
  'euc-jp': 'a会議テ ',
  'euc-kr': 'a회의 ',
  'windows-1250': 'ařšž ',
  'windows-1251': 'aсобр ',
  'windows-1252': 'aéüñ ',
  'windows-1253': 'aαβγ ',
  'windows-1254': 'ağışç ',
  'windows-1255': 'aשלום ',
  'windows-1256': 'aسلام ',
  'windows-1257': 'aąčęė ',
  'koi8-r': 'aсобр ',
}

function encode(text: string, encoding: Encoding): Uint8Array {
  const codec = codecOf(encoding)
  const bytes = [...text].flatMap((character) => {
    const written = codec.write(character)
    if (!written) throw new Error(`${character} is not in ${encoding}`)
    return [...written]
  })
  return Uint8Array.from(bytes)
}

function textIn(encoding: Encoding) {
  const piece = fc.oneof(
    fc.constantFrom(...alphabets[encoding]),
    fc.constantFrom('\n', '\r\n', '\r', 'ANA: '),
  )
  return fc.array(piece, { maxLength: 60 }).map((pieces) => `x${pieces.join('')}`)
}

describe.each(encodings)('%s', (encoding) => {
  it('saves an unchanged file as it was, with any line ends', () => {
    fc.assert(
      fc.property(textIn(encoding), (text) => {
        const file = opened(encode(text, encoding), encoding)
        expect(file.text).toBe(text)
        expect(file.doc).toBe(text.replace(/\r\n?/g, '\n'))
        const saved = saveText(file, file.doc, [])
        expect(saved.ok && saved.value).toEqual(file.bytes)
      }),
    )
  })

  it('changes only the bytes of an edit', () => {
    fc.assert(
      fc.property(
        textIn(encoding),
        fc.nat(),
        fc.nat(20),
        fc.constantFrom('hullo', '', 'a\nb'),
        (text, at, length, insert) => {
          const file = opened(encode(text, encoding), encoding)
          const characters = [...file.doc]
          const start = at % (characters.length + 1)
          const before = characters.slice(0, start).join('')
          const after = characters.slice(start + length).join('')
          const from = before.length
          const to = file.doc.length - after.length
          const doc = before + insert + after
          const saved = saveText(file, doc, [
            { fromA: from, toA: to, fromB: from, toB: from + insert.length },
          ])
          if (!saved.ok) throw new Error('not saved')
          expect(opened(saved.value, encoding).doc).toBe(doc)
          // A lone CR that meets an LF gets one of its own; see the test below.
          fc.pre(!(rawPrefix(text, from).endsWith('\r') && /^[\n\r]/.test(insert + rawSuffix(text, after))))
          const prefix = encode(rawPrefix(text, from), encoding)
          expect(saved.value.subarray(0, prefix.length)).toEqual(prefix)
          const suffix = encode(rawSuffix(text, after), encoding)
          expect(saved.value.subarray(saved.value.length - suffix.length)).toEqual(suffix)
        },
      ),
    )
  })
})

/** The raw text whose normalised form is `length` long. */
function rawPrefix(text: string, length: number): string {
  let at = 0
  for (let reached = 0; reached < length; reached++) at += text.startsWith('\r\n', at) ? 2 : 1
  return text.slice(0, at)
}

function rawSuffix(text: string, after: string): string {
  const whole = text.replace(/\r\n?/g, '\n')
  return text.slice(rawPrefix(text, whole.length - after.length).length)
}

it('keeps the line ends of a file that mixes them', () => {
  const file = opened(utf8('ANA:\r\nhello\nBO: bye\r\n'))
  expect(lineEndKind(file.lineEnds)).toBe('mixed')
  const saved = saveText(file, 'ANA:\nhullo\nBO: bye\n', [{ fromA: 6, toA: 7, fromB: 6, toB: 7 }])
  expect(saved.ok && new TextDecoder().decode(saved.value)).toBe('ANA:\r\nhullo\nBO: bye\r\n')
})

it('gives new lines the line end that the file uses most', () => {
  const file = opened(utf8('a\r\nb\r\nc\n'))
  const saved = saveText(file, 'a\nb\nnew\nc\n', [{ fromA: 4, toA: 4, fromB: 4, toB: 8 }])
  expect(saved.ok && new TextDecoder().decode(saved.value)).toBe('a\r\nb\r\nnew\r\nc\n')
})

it('gives back the original bytes when a large stretch was deleted and brought back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('one\r\n', 'two\n', 'three\r', 'four\r\n\r\n', 'five '), {
        minLength: 1,
        maxLength: 30,
      }),
      (parts) => {
        const file = opened(utf8(`${parts.join('')}end`))
        const length = file.doc.length
        const changes = ChangeSet.of({ from: 0, to: length }, length).compose(
          ChangeSet.of({ from: 0, insert: file.doc }, 0),
        )
        const saved = saveText(file, file.doc, stretches(changes))
        expect(saved.ok && saved.value).toEqual(file.bytes)
      },
    ),
  )
})

it('keeps a byte order mark, and bytes that are not valid, outside the edit', () => {
  const bytes = Uint8Array.from([
    0xef,
    0xbb,
    0xbf,
    ...utf8('caf'),
    0xe9,
    ...utf8(
      ` and a long line of plain words so that one bad byte is a mistake and no encoding\n${'words '.repeat(60)}`,
    ),
  ])
  const file = opened(bytes)
  expect(file).toMatchObject({ encoding: 'utf-8', hasBom: true, invalidBytes: 1 })
  const saved = saveText(file, `${file.doc}!`, [
    { fromA: file.doc.length, toA: file.doc.length, fromB: file.doc.length, toB: file.doc.length + 1 },
  ])
  expect(saved.ok && saved.value).toEqual(Uint8Array.from([...bytes, 0x21]))
})

it('refuses a character that the encoding cannot hold, and says where', () => {
  const file = opened(encode('Grüße an alle, schöne Wünsche für später', 'windows-1252'))
  expect(file.encoding).toBe('windows-1252')
  const doc = `${file.doc} 中`
  const saved = saveText(file, doc, [
    { fromA: file.doc.length, toA: file.doc.length, fromB: file.doc.length, toB: doc.length },
  ])
  expect(saved).toEqual({
    ok: false,
    error: { kind: 'unencodable', encoding: 'windows-1252', character: '中', position: file.doc.length + 1 },
  })
  const converted = reencode(file, doc, 'utf-8')
  expect(converted.ok && converted.value.doc).toBe(doc)
})

it.each([
  ['an mp3', [0x49, 0x44, 0x33, 4, 0, 0, 0, 0]],
  ['a zip', [0x50, 0x4b, 3, 4]],
  ['zeros', Array.from({ length: 64 }, () => 0)],
  ['control characters', Array.from({ length: 64 }, (_, index) => (index % 7) + 1)],
])('refuses %s', (_name, bytes) => {
  expect(openText(Uint8Array.from(bytes))).toEqual({ ok: false, error: { kind: 'binary' } })
})

it('opens an empty file', () => {
  expect(opened(new Uint8Array(0))).toMatchObject({ doc: '', encoding: 'utf-8', hasBom: false })
})

it('keeps a lone CR and an LF apart that an edit brings together', () => {
  const file = opened(utf8('x\rab\ny\n'))
  const saved = saveText(file, 'x\n\ny\n', [{ fromA: 2, toA: 4, fromB: 2, toB: 2 }])
  expect(saved.ok && new TextDecoder().decode(saved.value)).toBe('x\r\n\ny\n')
})

it('finds the same places in valid UTF-8 as character by character', () => {
  const character = fc.constantFrom('a', 'é', '会', '😀', '\r', '\n', '\r\n', '\uFEFF', ' ', '\u0800')
  fc.assert(
    fc.property(fc.array(character, { maxLength: 12 }), fc.boolean(), (characters, hasBom) => {
      const text = `${hasBom ? '\uFEFF' : ''}${`${characters.join('')}word `.repeat(600)}`
      const fast = openText(utf8(text), { encoding: 'utf-8' })
      // One byte that is none makes all of it be read the slow way.
      const slow = openText(Uint8Array.from([...utf8(text), 0xff]), { encoding: 'utf-8' })
      if (!fast.ok || !slow.ok) throw new Error('not opened')
      expect(slow.value.text).toBe(`${fast.value.text}\uFFFD`)
      const { length } = fast.value.doc
      expect(slow.value.checkpoints.filter(({ position }) => position < length)).toEqual(
        fast.value.checkpoints,
      )
      for (const position of [0, 1, length >> 1, length - 1])
        expect(byteOffset(fast.value, position)).toBe(byteOffset(slow.value, position))
    }),
    { numRuns: 40 },
  )
})
