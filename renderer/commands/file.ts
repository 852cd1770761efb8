import type { CommandId } from '../../shared/commands'
import { bridge } from '../state/bridge'
import { recordingStore } from '../state/recording'
import { sessionStore } from '../state/session'
import { viewStore } from '../state/view'
import { exportTurns } from './exportText'
import type { Implementation } from './implementation'
import { chooseTimings } from './importTimings'
import { closeSession, openFiles } from './open'
import { choosePeaks } from './peaksFile'
import { report } from './report'
import { saveAndTell, saveAs } from './save'
import { showVersions } from './versions'

const hasDocument = () => sessionStore.getState().document !== null

async function choose(purpose: 'any' | 'recording' | 'transcript'): Promise<void> {
  const files = await bridge().request('file.choose', { purpose })
  if (files.length > 0) await openFiles(files)
}

async function openSample(language: 'en' | 'zh'): Promise<void> {
  const files = await bridge().request('app.sample', { language })
  if (files.ok) await openFiles(files.value)
  else report(files.error)
}

export const fileCommands = {
  'file.open': { run: () => choose('any') },
  'file.openRecording': { run: () => choose('recording') },
  'file.openTranscript': { run: () => choose('transcript') },
  'file.openPeaks': { run: choosePeaks, isEnabled: () => recordingStore.getState().recording !== null },
  'file.importTimings': { run: chooseTimings, isEnabled: hasDocument },
  'file.openSampleEnglish': { run: () => openSample('en') },
  'file.openSampleChinese': { run: () => openSample('zh') },
  'file.save': { run: saveAndTell, isEnabled: hasDocument },
  'file.saveAs': { run: async () => void (await saveAs()), isEnabled: hasDocument },
  'file.exportSubtitles': {
    run: () => viewStore.setState({ dialog: { kind: 'exportSubtitles' } }),
    isEnabled: hasDocument,
  },
  'file.exportPage': { run: () => exportTurns('page'), isEnabled: hasDocument },
  'file.exportTable': { run: () => exportTurns('table'), isEnabled: hasDocument },
  'file.versions': { run: showVersions, isEnabled: hasDocument },
  'file.encoding': {
    run: () => viewStore.setState({ dialog: { kind: 'encoding' } }),
    isEnabled: hasDocument,
  },
  'file.close': {
    run: closeSession,
    isEnabled: () => hasDocument() || recordingStore.getState().recording !== null,
  },
} satisfies Partial<Record<CommandId, Implementation>>
