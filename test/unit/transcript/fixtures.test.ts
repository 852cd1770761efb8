import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inspected } from '../../support/text'

const folder = new URL('../../fixtures/transcripts/', import.meta.url)

/** Turns and speakers of whole documents in the manner of one country, body or program. */
const documents: readonly (readonly [string, number, number])[] = [
  ['assemblee', 7, 4],
  ['bundestag', 6, 3],
  ['captions', 6, 2],
  ['captions-one-line', 6, 1],
  ['chinese-app', 4, 2],
  ['columns', 5, 3],
  ['cortes', 6, 3],
  ['deposition', 15, 5],
  ['descript', 4, 2],
  ['dialogue-lower', 5, 2],
  ['earnings-call', 5, 3],
  ['european-parliament', 8, 4],
  ['f4-interview', 6, 2],
  ['japanese-diet', 6, 3],
  ['knesset', 6, 3],
  ['markdown', 6, 3],
  ['markdown-no-colon', 4, 2],
  ['memo', 1, 0],
  ['oral-history', 9, 2],
  ['otter', 5, 3],
  ['pages', 4, 2],
  ['podcast', 9, 3],
  ['prose', 1, 0],
  ['rev', 5, 3],
  ['russian-duma', 6, 3],
  ['sonix', 4, 2],
  ['speaker-numbers', 6, 3],
  ['stamps-above', 3, 2],
  ['taiwan-committee', 7, 3],
  ['teams', 4, 2],
  ['white-house', 9, 3],
  ['wrapped', 4, 3],
]

it.each(documents)('%s has %i turns of %i speakers', (name, turns, speakers) => {
  const found = inspected(readFileSync(new URL(`${name}.txt`, folder), 'utf8'))
  expect([found.turns.length, found.speakers.length]).toEqual([turns, speakers])
})

it('every document is read the same with other line ends', () => {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), 'utf8').replace(/\r\n?/gu, '\n')
    const said = inspected(text).turns.map((turn) => turn.text)
    expect(inspected(text.replaceAll('\n', '\r\n')).turns.map((turn) => turn.text)).toEqual(said)
  }
})
