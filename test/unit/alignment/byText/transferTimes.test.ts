import { describe, expect, it } from 'vitest'
import { type HeardPart, heardWords } from '../../../../shared/alignment/byText/heardWords'
import { transferTimes } from '../../../../shared/alignment/byText/transferTimes'
import { alignmentText } from '../../../../shared/session/alignmentText'
import { parseTranscript } from '../../../../shared/transcript/parseTranscript'

const pieces = (doc: string) => alignmentText(doc, parseTranscript(doc))

/** A second for each word, from `start` on. */
function said(text: string, start = 0): HeardPart[] {
  return text.split(' ').map((word, k) => ({ text: word, start: start + k, end: start + k + 0.9 }))
}

function transfer(
  doc: string,
  parts: readonly HeardPart[],
  options: Parameters<typeof transferTimes>[2] = {},
) {
  const { alignment, suggestions } = transferTimes(pieces(doc), heardWords(parts), options)
  const startOf = (word: string) =>
    alignment.words.find(({ from, to }) => doc.slice(from, to) === word)?.start ?? null
  return { ...alignment, suggestions, startOf }
}

const doc = `ANA REED: Good evening, and welcome to the budget meeting.

BO DIAZ: Thank you. We have twenty-one requests, and 3 of them are new.

ANA REED: Then let us begin with the bridge.
`

describe('the times of what was heard', () => {
  it('go to the words, sentences and turns of the text, whatever their case, punctuation and numerals', () => {
    const result = transfer(
      doc,
      said(
        'good evening and welcome to the budget meeting thank you we have 21 requests and three of them are new then let us begin with the bridge',
      ),
    )
    expect(result.refused).toBeUndefined()
    expect(result.turns.map(({ start, placement }) => [start, placement])).toEqual([
      [0, 'placed'],
      [8, 'placed'],
      [20, 'placed'],
    ])
    expect(result.sentences.map(({ start }) => start)).toEqual([0, 8, 10, 20])
    expect(result.startOf('twenty-one')).toBe(12)
    expect(result.startOf('3')).toBe(15)
    expect(result.speechWithoutText).toEqual([])
  })

  it('survive what the recogniser got wrong, and words that were not heard share the time between', () => {
    const result = transfer(
      doc,
      said(
        'good even and well come to the bucket meeting thank we have requests and three of them uh are new then let begin with bridge',
      ),
    )
    expect(result.turns.map(({ placement }) => placement)).toEqual(['placed', 'placed', 'placed'])
    expect(result.turns[2]?.start).toBe(20)
    expect(result.startOf('budget')).toBe(7)
    const us = result.startOf('us') as number
    expect(us).toBeGreaterThanOrEqual(21)
    expect(us).toBeLessThanOrEqual(22)
  })

  it('in Chinese go to words that are cut otherwise', () => {
    const chinese = '主席：我们今天讨论二十三个问题。\n\n李明：谢谢主席。\n'
    const parts = [...'我们今天讨论23个问题'].map((text, k) => ({ text, start: k, end: k + 0.9 }))
    const result = transfer(chinese, [...parts, { text: '謝謝主席', start: 20, end: 24 }])
    expect(result.turns.map(({ start }) => start)).toEqual([0, 20])
    expect(result.startOf('讨论')).toBe(4)
    expect(result.startOf('问题')).toBe(9)
  })
})

describe('what only one side has', () => {
  const absent =
    'BO DIAZ: Nobody ever said this long sentence about the weather in the mountains of Peru.\n\n'
  const heard = 'good evening and welcome to the budget meeting'

  it('has no place where it is text', () => {
    const text = `ANA REED: Good evening, and welcome.\n\n${absent}ANA REED: To the budget meeting, which we open.\n`
    const result = transfer(text, said('good evening and welcome to the budget meeting which we open'))
    expect(result.turns.map(({ placement }) => placement)).toEqual(['placed', 'notPlaced', 'placed'])
    expect(result.turns[1]?.start).toBeNull()
    expect(result.startOf('mountains')).toBeNull()
  })

  it('is speech without text where it is heard', () => {
    const parts = [
      ...said(heard),
      ...said('something else that nobody wrote down', 10),
      ...said('thank you we have twenty one requests and three of them are new', 30),
    ]
    const result = transfer(doc, parts)
    expect(result.speechWithoutText).toEqual([[10, 15.9]])
    expect(result.turns[1]?.start).toBe(30)
  })

  it('keeps its place where the recogniser was deaf and there is room for it', () => {
    const parts = [...said(heard), ...said('then let us begin with the bridge', 20)]
    const [first, second, third] = transfer(doc, parts).turns
    expect(first?.placement).toBe('placed')
    expect(second?.placement).toBe('doubtful')
    expect(second?.start).toBeGreaterThan(8)
    expect(second?.start).toBeLessThan(14)
    expect(third?.start).toBe(20)
  })
})

describe('an inaudible mark', () => {
  const marked = `ANA REED: We would [inaudible] the water department, and [inaudible] next year.

BO DIAZ: [inaudible]

ANA REED: Thank you very much.
`
  it('is given the words that were heard there, and nothing where none were', () => {
    const { suggestions, unknown } = transfer(
      marked,
      said('we would like to thank the water department and next year I agree. thank you very much'),
    )
    expect(suggestions.map(({ from, to, text, start }) => [marked.slice(from, to), text, start])).toEqual([
      ['[inaudible]', 'like to thank', 2],
      ['[inaudible]', 'I agree.', 11],
    ])
    expect(unknown).toHaveLength(3)
  })

  it('is given none where its neighbours were not heard either', () => {
    const text = `ANA REED: ${'We open the meeting of the water department today. '.repeat(3)}\n\nBO DIAZ: Every single word here is another [inaudible] than anybody heard there.\n\nANA REED: Thank you very much, and good evening to everybody.\n`
    const parts = [
      ...said('we open the meeting of the water department today '.repeat(3).trim()),
      ...said('mumble grumble foo bar', 40),
      ...said('thank you very much and good evening to everybody', 60),
    ]
    expect(transfer(text, parts).suggestions).toEqual([])
  })

  it('in Chinese joins words without spaces', () => {
    const text = '主席：那个（听不清楚）总结，我们现在开始讨论。\n'
    const { suggestions } = transfer(text, [
      ...['那个', '会后', '的', '总结', '我们', '现在', '开始', '讨论'].map((word, k) => ({
        text: word,
        start: k,
        end: k + 1,
      })),
    ])
    expect(suggestions.map((suggestion) => suggestion.text)).toEqual(['会后的'])
  })
})

it('refuses a text of other words', () => {
  const result = transfer(
    doc,
    said('der Ausschuss tritt morgen wieder zusammen und berät über die neuen Anträge der Stadt'),
  )
  expect(result.refused).toBe('foreignText')
  expect(result.words.every(({ start }) => start === null)).toBe(true)
  expect(transfer(doc, []).refused).toBe('noSpeech')
  expect(transfer('', said('good evening')).refused).toBe('noText')
})

it('never goes across a pin', () => {
  const heard = said(
    'good evening and welcome to the budget meeting thank you we have 21 requests and three of them are new then let us begin with the bridge',
  )
  const at = doc.indexOf('BO DIAZ')
  const { turns, words } = transfer(doc, heard, { pins: [{ at, time: 10 }] })
  expect(turns[0]?.start).toBe(0)
  expect(turns[1]?.start).toBeGreaterThanOrEqual(10)
  for (const { from, start, end } of words) {
    if (from > at) expect(start ?? 10).toBeGreaterThanOrEqual(10)
    else expect(end ?? 10).toBeLessThanOrEqual(10)
  }
})

it('marks starts inside a stretch without word times as doubtful', () => {
  const stretch = {
    text: 'Good evening, and welcome to the budget meeting. Thank you. We have twenty-one requests, and three of them are new.',
    start: 0,
    end: 20,
  }
  const { turns } = transfer(doc, [stretch, ...said('then let us begin with the bridge', 20)])
  expect(turns.map(({ placement }) => placement)).toEqual(['placed', 'doubtful', 'placed'])
})

it('gives the same result every time', () => {
  const heard = said('good evening and welcome to the bucket meeting we have 21 requests')
  expect(transfer(doc, heard).words).toEqual(transfer(doc, heard).words)
})
