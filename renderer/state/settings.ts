import { z } from 'zod'
import { createStore } from 'zustand/vanilla'

const settingsShape = z.object({
  language: z.enum(['en', 'zh']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Seconds to go back when playback resumes. */
  rewindOnResume: z.number().min(0).max(30),
  /** Points, of the transcript's text. */
  textSize: z.number().min(10).max(32),
  /** Hear the sound around a boundary while it is dragged. */
  isScrubbing: z.boolean(),
  timestampTemplate: z.string().max(40),
  /** Seconds added to every written time, for time of day. */
  timestampOffset: z.number(),
  timestampOnly: z.enum(['all', 'changes']),
  /** Words that mean "inaudible" besides the built-in ones. */
  inaudibleWords: z.array(z.string().min(1).max(60)).max(200),
  subtitleFormat: z.enum(['srt', 'vtt']),
  /** Columns a subtitle line holds; a wide character counts as two. */
  subtitleColumns: z.number().int().min(16).max(80),
  hasSpeakerNames: z.boolean(),
})

export type Settings = z.infer<typeof settingsShape>

const defaults: Settings = {
  language: 'en',
  theme: 'system',
  rewindOnResume: 2,
  textSize: 16,
  isScrubbing: true,
  timestampTemplate: '[HH:MM:SS]',
  timestampOffset: 0,
  timestampOnly: 'all',
  inaudibleWords: [],
  subtitleFormat: 'srt',
  subtitleColumns: 42,
  hasSpeakerNames: true,
}

export const settingsStore = createStore<Settings>(() => defaults)

/** Reads what the main process kept. Each entry that does not fit falls back to its default by itself.
 *  @param locale BCP 47 tag; decides the language at the first start */
export function loadSettings(kept: unknown, locale: string): void {
  const language = /^zh\b/i.test(locale) ? 'zh' : 'en'
  const entries = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {}
  const valid: Record<string, unknown> = {}
  for (const [key, shape] of Object.entries(settingsShape.shape)) {
    const parsed = shape.safeParse(entries[key])
    if (parsed.success) valid[key] = parsed.data
  }
  settingsStore.setState({ ...defaults, language, ...(valid as Partial<Settings>) })
}
