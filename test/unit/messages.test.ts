import { describe, expect, it } from 'vitest'
import { rank } from '../../renderer/dialogs/findEntries'
import { commands } from '../../shared/commands'
import { messagesOf } from '../../shared/messages/messages'

function strings(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(2, 3, 'c', true))]]
  return Object.entries(value as object).flatMap(([key, inner]) => strings(inner, `${path}.${key}`))
}

const [english, chinese] = [strings(messagesOf('en')), strings(messagesOf('zh'))]

describe('the interface', () => {
  it('says the same things in both languages, and nothing empty', () => {
    expect(chinese.map(([path]) => path)).toEqual(english.map(([path]) => path))
    for (const [path, text] of [...english, ...chinese]) expect(text.trim(), path).not.toBe('')
  })

  it('speaks Chinese in Chinese', () => {
    const bare = chinese.filter(
      ([path, text]) => !/\p{Script=Han}/u.test(text) && !/languageEnglish|otherLanguage|lineEnds/.test(path),
    )
    expect(bare).toEqual([])
  })

  it('names places and sizes in its own words', () => {
    const { problems, notices } = messagesOf('zh')
    expect(problems.timings.malformedWhy('line 12')).toContain('位于第 12 行。')
    expect(problems.timings.malformedWhy('segments.1.start')).toContain('位于 segments.1.start。')
    expect([0, 12, 4321, 1_234_567].map(notices.cacheCleared)).toEqual(
      ['0 kB', '1 kB', '5 kB', '1.2 MB'].map((size) => `已清除波形缓存：${size}`),
    )
  })

  it('counts as English does', () => {
    const { turns } = messagesOf('en').status
    expect([turns(0), turns(1), turns(2), turns(1234)]).toEqual([
      '0 turns',
      '1 turn',
      '2 turns',
      '1,234 turns',
    ])
  })
})

describe('commands', () => {
  it('have an id and keys of their own', () => {
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const keys = commands.flatMap((command) => [...command.keys])
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('take no key that types a character or switches an input method', () => {
    for (const { id, keys } of commands) {
      for (const key of keys) {
        const isSafe = /^(?:Mod|Ctrl|Alt)-|^(?:Shift-)?F\d+$|^Escape$/.test(key)
        expect(isSafe, `${id}: ${key}`).toBe(true)
        expect(/Space$/.test(key), `${id}: ${key}`).toBe(false)
      }
    }
  })

  it('leave alone what common input methods listen for, and what AltGr types is never the first key', () => {
    // Microsoft's Pinyin: Ctrl+Shift+F, Ctrl+full stop; IBus: Ctrl+Shift+U; Rime: F4, Ctrl+grave, Ctrl+Shift+1 to 5.
    const taken = ['Mod-Shift-f', 'Mod-.', 'Mod-Shift-u', 'F4', 'Mod-`']
    for (const { id, keys } of commands) {
      expect(
        keys.filter((key) => taken.includes(key) || /^Mod-Shift-[1-5]$/.test(key)),
        id,
      ).toEqual([])
      // Ctrl and Alt together are AltGr on Windows.
      expect(/^(?:Mod|Ctrl)-Alt-(?:Shift-)?.$/.test(keys[0] ?? ''), id).toBe(false)
    }
  })
})

it('the palette puts beginnings before middles before scattered letters', () => {
  const ranks = ['Save', 'Do not save', 'Unsaved', 'Split a vowel'].map((title) => rank('save', title))
  expect(ranks).toEqual([...ranks].sort((a, b) => (b ?? 0) - (a ?? 0)))
  expect(rank('xyz', 'Save')).toBeNull()
  expect(rank('', 'Save')).toBe(0)
})
