import { z } from 'zod'
import type { FileId, Fingerprint, Place, Requests, VersionKey } from './ipc'

const fileId = z.custom<FileId>((value) => typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value))
const nothing = z.strictObject({}) as z.ZodType<Record<string, never>>
const mostBytes = 512 * 1024 * 1024
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= mostBytes)
const path = z
  .string()
  .max(4096)
  .regex(/^(?:[\\/]|[a-z]:[\\/])[^\0]*$/iu)
const fileName = z.string().min(1).max(255)
const fingerprint: z.ZodType<Fingerprint> = z.strictObject({
  size: z.number().int().min(0),
  modified: z.number().finite(),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
})
const channels = z.array(z.number().int().min(0)).max(64)

/** Where the user was in a session. */
export const placeShape: z.ZodType<Place> = z.strictObject({
  time: z.number().min(0).finite(),
  zoom: z.number().positive().finite(),
  anchor: z.number().int().min(0),
  head: z.number().int().min(0),
  channels: z.strictObject({ areShown: z.boolean(), muted: channels, soloed: channels }).optional(),
})
const key = z.string().regex(/^[0-9a-f]{16,128}$/u)
const journalText = z.string().max(mostBytes)
const versionKey = z.custom<VersionKey>(
  (value) => typeof value === 'string' && /^\d{1,16}-[0-9a-f]{64}$/u.test(value),
)
const language = z.enum(['en', 'zh'])
const commandIds = z.array(z.string().max(60)).max(500)

/** What each request must look like; main refuses anything else. */
export const requestSchemas: { readonly [C in keyof Requests]: z.ZodType<Requests[C]['request']> } = {
  'app.launch': nothing,
  'app.sample': z.strictObject({ language }),
  'app.confirmClose': z.strictObject({ close: z.boolean() }),
  'files.adopt': z.strictObject({ paths: z.array(path).max(50) }),
  'settings.write': z.strictObject({ settings: z.record(z.string(), z.unknown()) }),
  'file.choose': z.strictObject({ purpose: z.enum(['any', 'recording', 'transcript', 'peaks', 'timings']) }),
  'file.chooseTarget': z.strictObject({
    suggestedName: fileName,
    beside: fileId.nullable(),
    purpose: z.enum(['transcript', 'subtitles', 'page', 'table']),
  }),
  'file.read': z.strictObject({ id: fileId }),
  'timings.read': z.strictObject({ id: fileId, most: z.number().int().min(1).nullable() }),
  'file.hold': z.strictObject({ id: fileId, fingerprint, isForced: z.boolean() }),
  'file.release': nothing,
  'file.save': z.strictObject({
    id: fileId,
    bytes,
    expected: fingerprint.nullable(),
    as: z.enum(['transcript', 'export']),
  }),
  'versions.list': z.strictObject({ id: fileId }),
  'versions.read': z.strictObject({ id: fileId, key: versionKey }),
  'journal.start': z.strictObject({ transcript: fileId, head: journalText }),
  'journal.append': z.strictObject({ transcript: fileId, record: journalText }),
  'journal.read': z.strictObject({ transcript: fileId }),
  'journal.discard': z.strictObject({ transcript: fileId }),
  'journal.pending': nothing,
  'sidecar.read': z.strictObject({ transcript: fileId }),
  'sidecar.write': z.strictObject({
    transcript: fileId,
    recording: fileId.nullable(),
    text: z.string().max(mostBytes),
  }),
  'recording.open': z.strictObject({ id: fileId }),
  'recording.close': z.strictObject({ url: z.string().max(300) }),
  'file.companion': z.strictObject({ id: fileId }),
  'peaks.read': z.strictObject({ key }),
  'peaks.write': z.strictObject({
    key,
    size: z.number().int().min(0).max(mostBytes),
    at: z.number().int().min(0),
    bytes,
  }),
  'peaks.beside': z.strictObject({ recording: fileId }),
  'peaks.file': z.strictObject({ id: fileId }),
  'peaks.clear': nothing,
  'workers.started': nothing,
  'recent.remember': z.strictObject({
    transcript: fileId.nullable(),
    recording: fileId.nullable(),
    place: placeShape.nullable(),
  }),
  'recent.list': nothing,
  'menu.update': z.strictObject({ language, disabled: commandIds, checked: commandIds }),
  'window.title': z.strictObject({
    title: z.string().max(1000),
    isEdited: z.boolean(),
    represented: fileId.nullable(),
  }),
}
