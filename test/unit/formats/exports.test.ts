import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contained, type ExportedTurn } from '../../../shared/formats/exportedTurn'
import { writePage } from '../../../shared/formats/writePage'
import { writeTable } from '../../../shared/formats/writeTable'

const turns: readonly ExportedTurn[] = [
  { speaker: 'ANA REED', start: 0, end: 62.5, text: 'Good evening.\nWe begin.' },
  { speaker: null, start: 62.5, end: 3661.0625, text: '"Yes", he said, then left.' },
  { speaker: '主席', start: null, end: null, text: '请坐。' },
]

/** Reads comma-separated values as RFC 4180 has them. */
function readTable(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu)) {
    if (quoted === undefined && bare === '' && end === '') break
    rows.at(-1)?.push(quoted === undefined ? (bare as string) : quoted.replace(/""/gu, '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('a table of the turns', () => {
  it('has a row for each, with times where they are known', () => {
    const table = writeTable(turns)
    expect(table.startsWith('\uFEFFstart,end,speaker,text\r\n')).toBe(true)
    expect(readTable(table.slice(1))).toEqual([
      ['start', 'end', 'speaker', 'text'],
      ['00:00:00.000', '00:01:02.500', 'ANA REED', 'Good evening.\nWe begin.'],
      ['00:01:02.500', '01:01:01.062', '', '"Yes", he said, then left.'],
      ['', '', '主席', '请坐。'],
    ])
  })

  it.each([
    '=HYPERLINK("http://example.org")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\u200b=1',
    '＝1',
    '\r=1',
    '\n=1',
  ])('holds no formula: %j', (text) => {
    const [, row] = readTable(writeTable([{ speaker: text, start: null, end: null, text }]).slice(1))
    for (const cell of row?.slice(2) ?? []) expect(cell).toMatch(/^['\ufffd]/u)
  })

  it('reads back as the same rows whatever is said', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const rows = readTable(
          writeTable(texts.map((text) => ({ speaker: text, start: 1, end: 2, text }))).slice(1),
        )
        expect(rows).toHaveLength(texts.length + 1)
        for (const [index, row] of rows.slice(1).entries()) {
          expect(row).toHaveLength(4)
          expect(row[3]?.replace(/^'/u, '')).toBe(contained(texts[index] as string).replace(/^'/u, ''))
        }
      }),
    )
  })
})

describe('a page to print', () => {
  it('has speakers, times and paragraphs', () => {
    const page = writePage('meeting.txt', turns)
    expect(page).toContain('<title>meeting.txt</title>')
    expect(page).toContain(
      '<section><time>0:01:02</time><p dir="auto">&quot;Yes&quot;, he said, then left.</p></section>',
    )
    expect(page).toContain(
      '<h2 dir="auto">ANA REED</h2><p dir="auto">Good evening.</p><p dir="auto">We begin.</p>',
    )
    expect(page).toContain('<section><h2 dir="auto">主席</h2><p dir="auto">请坐。</p></section>')
  })

  it('has the same tags whatever is said', () => {
    const tags = (page: string) => page.replace(/<style>.*?<\/style>/su, '').match(/<[^>]*>/gu)
    const plain = tags(writePage('a', [{ speaker: 'a', start: 0, end: 1, text: 'a' }]))
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '<script>',
            '</p>',
            '"',
            "'",
            '&',
            '&lt;',
            ' onload=',
            '<!--',
            '-->',
            '\u202e',
            '\0',
          ),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(hostile, hostile, (name, said) => {
        const text = said.replace(/\n/gu, ' ')
        expect(tags(writePage(name, [{ speaker: name, start: 0, end: 1, text }]))).toEqual(plain)
      }),
    )
  })
})

describe('contained text', () => {
  it('closes what it opens of the bidirectional controls', () => {
    expect(contained('a\u202eb')).toBe('a\u202eb\u202c')
    expect(contained('\u2066a\u202eb\u2069c')).toBe('\u2066a\u202eb\u2069c')
    expect(contained('\u2067a\u202bb')).toBe('\u2067a\u202bb\u202c\u2069')
    expect(contained('a\u202c\u2069b')).toBe('a\u202c\u2069b')
  })

  it('replaces what is no character, and keeps the rest', () => {
    expect(contained('a\0b\ud800c\u0007d\te\nf')).toBe('a\ufffdb\ufffdc\ufffdd\te\nf')
    expect(contained('𝔄 é 主席 שלום')).toBe('𝔄 é 主席 שלום')
  })
})
