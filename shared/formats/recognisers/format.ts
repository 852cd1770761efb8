import type { z } from 'zod'
import type { HeardPart } from '../../alignment/byText/heardWords'
import { err, ok, type Result } from '../../result'

/** A recogniser's output as JSON. */
export interface JsonFormat {
  /** For messages. */
  readonly name: string
  /** The value has this format's shape, good or bad. */
  readonly isShape: (value: unknown) => boolean
  /** The error is the place of the first thing that is not as it should be: `segments.3.words.0.start`. */
  readonly read: (value: unknown) => Result<readonly HeardPart[], string>
}

export interface TextFormat {
  readonly name: string
  readonly isShape: (text: string) => boolean
  /** The error is the number of the line that is not as it should be. */
  readonly read: (text: string) => Result<readonly HeardPart[], string>
}

/** A format of a zod schema, and how its values become parts. */
export function jsonFormat<S extends z.ZodType>(
  name: string,
  isShape: (value: unknown) => boolean,
  schema: S,
  parts: (value: z.infer<S>) => readonly HeardPart[],
): JsonFormat {
  return {
    name,
    isShape,
    read: (value) => {
      const parsed = schema.safeParse(value)
      if (parsed.success) return ok(parts(parsed.data))
      return err(parsed.error.issues[0]?.path.map(String).join('.') ?? '')
    },
  }
}

/** What stands at a path of keys and indices; `undefined` where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = (found as Record<string | number, unknown>)[key]
  }
  return found
}

/** The first entries of a list, which tell its shape; empty for anything else. */
export function head(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 50) : []
}
