import { cpus, totalmem } from 'node:os'

/** One row of the table. */
export interface Figure {
  readonly what: string
  /** The number that is measured, and how it is printed. */
  readonly value: number
  readonly shown: string
  /** The most that it may be, in the same unit; `null` for what only stands there to compare with. */
  readonly bar: number | null
  readonly barShown: string
}

export const median = (values: readonly number[]): number => percentile(values, 50)

/** The smallest value that so many hundredths of the values do not pass. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)] ?? Number.NaN
}

const units = { s: 1, '×': 1, MB: 0, ms: 0 } as const

export function figure(what: string, value: number, unit: keyof typeof units, bar: number | null): Figure {
  const digits = units[unit]
  return {
    what,
    value,
    shown: `${value.toFixed(digits)} ${unit}`,
    bar,
    barShown: bar === null ? '' : `≤ ${bar} ${unit}`,
  }
}

export const isMet = ({ value, bar }: Figure): boolean => bar === null || value <= bar

/** The figures as Markdown, with the machine. */
export function tableOf(figures: readonly Figure[], runs: number): string {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, no GPU`
  return [
    '| what | measured | bar | met |',
    '| --- | --- | --- | --- |',
    ...figures.map((entry) => {
      const met = entry.bar === null ? '' : isMet(entry) ? 'yes' : '**no**'
      return `| ${entry.what} | ${entry.shown} | ${entry.barShown} | ${met} |`
    }),
    '',
    `Medians of ${runs}, measured on ${machine}.`,
  ].join('\n')
}
