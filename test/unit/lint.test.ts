import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function lint(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-lint-'))
  try {
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ root: true, plugins: [join(root, 'renderer/audio.grit')] }),
    )
    writeFileSync(join(folder, 'example.ts'), code)
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint'],
      { cwd: folder, encoding: 'utf8' },
    )
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the linter', () => {
  it.each([
    ['decoding a whole file', 'await context.decodeAudioData(bytes)', 'openRecording'],
    ['a wave without peaks', "WaveSurfer.create({ container: '#a', duration: 3 })", 'peaks and a duration'],
    ['a wave without a duration', "WaveSurfer.create({ container: '#a', peaks })", 'peaks and a duration'],
    ['a wave from a file', "await wave.load('talk.mp3')", 'peaks and a duration'],
  ])('forbids %s', (_name, code, message) => {
    expect(lint(`${code}\n`)).toContain(message)
  })

  it('allows a wave with both', () => {
    expect(lint("WaveSurfer.create({ container: '#a', peaks, duration })\nplayer.load()\n")).not.toContain(
      'WaveSurfer gets',
    )
  })
})
