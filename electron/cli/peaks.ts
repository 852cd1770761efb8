import { DatCollector, durationOf, writeAudiowaveformDat } from '../../shared/recording/audiowaveformDat'
import { DecodingFailed, isCutOff } from '../../shared/recording/decoding'
import { openRecording } from '../../shared/recording/openRecording'
import { peaksBeside } from '../recording/peaksFile'
import { decodersFor, wordsForRecording } from './decodersFor'
import type { Terminal } from './terminal'
import { readArguments, UsageError, writeMessage } from './usage'

export const peaksHelp = `Usage: earmark peaks RECORDING [-o OUT.dat] [--bits 8|16] [--pixels-per-second N]

Writes the waveform of a recording as a data file of BBC audiowaveform (version 2,
channels mixed to one). Reads WAV, AIFF, CAF, MP3, FLAC, Apple Lossless, Ogg Vorbis
and Ogg Opus; the app also whatever Chromium decodes, in a window that is not shown.

  -o OUT.dat              where to; otherwise beside the recording, where none may lie yet
  --bits 8|16             bits of a value; otherwise 16
  --pixels-per-second N   1 to 1000; otherwise 100
`

const mostPixels = 1000

export async function peaks(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = {
    output: { type: 'string', short: 'o' },
    bits: { type: 'string' },
    'pixels-per-second': { type: 'string' },
  } as const
  const { values, positionals } = readArguments(args, options, ['RECORDING'])
  const recording = positionals[0] as string
  const bits = Number(values.bits ?? 16)
  if (bits !== 8 && bits !== 16) throw new UsageError('--bits is 8 or 16')
  const pixels = Number(values['pixels-per-second'] ?? 100)
  if (!(pixels >= 1 && pixels <= mostPixels))
    throw new UsageError(`--pixels-per-second is a number from 1 to ${mostPixels}`)
  const output = values.output ?? peaksBeside(recording)
  if (values.output === undefined && (await exists(output, terminal))) {
    await terminal.error(
      `earmark: ${output}: is there already; name another with -o, or this one to replace it\n`,
    )
    return 1
  }
  const source = await terminal.open(recording)
  let collector: DatCollector | null = null
  try {
    const { header, chunks } = await openRecording(source, decodersFor(recording, terminal))
    collector = new DatCollector(header.sampleRate, Math.max(1, Math.round(header.sampleRate / pixels)), bits)
    let samples = 0
    for await (const { channels } of chunks) {
      collector.add(channels)
      samples += channels[0]?.length ?? 0
    }
    if (isCutOff(header, samples / header.sampleRate)) throw new DecodingFailed({ kind: 'truncated' })
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    await terminal.error(`earmark: ${recording}: ${wordsForRecording(reason.problem, terminal)}\n`)
    if (reason.problem.kind !== 'truncated') return 1
  } finally {
    await source.close()
  }
  const dat = collector?.finish()
  if (!dat || dat.values.length === 0) {
    if (dat)
      await terminal.error(`earmark: ${recording}: ${wordsForRecording({ kind: 'empty' }, terminal)}\n`)
    return 1
  }
  const saved = await terminal.write(output, writeAudiowaveformDat(dat))
  if (!saved.ok) {
    await terminal.error(`earmark: ${output}: ${writeMessage(saved.error)}\n`)
    return 1
  }
  await terminal.error(`${output}: ${dat.values.length / 2} pixels, ${durationOf(dat).toFixed(2)} s\n`)
  return 0
}

async function exists(path: string, terminal: Terminal): Promise<boolean> {
  try {
    await (await terminal.open(path)).close()
    return true
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw reason
  }
}
