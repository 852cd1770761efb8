import { dirname } from 'node:path'
import { z } from 'zod'
import type { Place, RecentSession } from '../../shared/ipc'
import { placeShape } from '../../shared/ipcSchemas'
import type { JsonFile } from './jsonFile'
import type { FileRegistry } from './registry'

const most = 12

const entryShape = z.object({
  transcript: z.string().nullable(),
  recording: z.string().nullable(),
  opened: z.number(),
  place: placeShape.nullable(),
})
type Entry = z.infer<typeof entryShape>

/** Sessions opened before, newest first, with the place the user was at. */
export class RecentSessions {
  constructor(
    private readonly file: JsonFile,
    private readonly registry: FileRegistry,
  ) {}

  private async entries(): Promise<Entry[]> {
    const parsed = z.array(entryShape).safeParse(await this.file.read())
    return parsed.success ? parsed.data : []
  }

  /** Folders that transcripts were saved into. */
  async folders(): Promise<readonly string[]> {
    return (await this.entries()).flatMap(({ transcript }) =>
      transcript === null ? [] : [dirname(transcript)],
    )
  }

  /** Puts a session first. Without a place the one kept before stays. */
  async remember(
    transcript: string | null,
    recording: string | null,
    place: Place | null,
    now: number,
  ): Promise<void> {
    const entries = await this.entries()
    const isSame = (entry: Entry) =>
      transcript
        ? entry.transcript === transcript
        : entry.transcript === null && entry.recording === recording
    const earlier = entries.find(isSame)
    const entry: Entry = { transcript, recording, opened: now, place: place ?? earlier?.place ?? null }
    await this.file.write([entry, ...entries.filter((other) => !isSame(other))].slice(0, most))
  }

  /** Sessions whose files are gone are left out. */
  async list(): Promise<readonly RecentSession[]> {
    const described = await Promise.all(
      (await this.entries()).map(async ({ transcript, recording, opened, place }) => ({
        transcript: transcript === null ? null : await this.registry.describe(transcript),
        recording: recording === null ? null : await this.registry.describe(recording),
        opened,
        place,
      })),
    )
    return described.filter((session) => session.transcript !== null || session.recording !== null)
  }
}
