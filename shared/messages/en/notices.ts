import { bytesInWords } from '../bytesInWords'
import type { Messages } from '../messages'
import { count } from './numbers'

export const notices: Messages['notices'] = {
  cacheCleared: (bytes) => `Waveform cache cleared: ${bytesInWords(bytes)}`,
  anchorsLost: (number) =>
    `${count(number, 'time', 'times')} could not be found again: the text was changed elsewhere`,
  companionFound: (name) => `${name} lies beside this file`,
  openIt: 'Open it',
  saved: (name) => `${name} saved`,
  exported: (name) => `${name} exported`,
  reloaded: (name) => `${name} was changed by another program and has been reloaded`,
  recoveryWaiting: (name) => `There is unsaved work on ${name}`,
  journalFailed: 'Unsaved work cannot be kept for a restart just now. Save often.',
  versionRestored: 'The earlier text is back; saving makes it the file’s, undo takes it away',
  changedOutside: (name) => `${name} was changed by another program. Saving will ask what to do.`,
  notSaved: 'It could not be saved',
  notSavedWhy: 'Something inside Earmark failed. The file is as it was; your work is kept for a restart.',
  decide: 'Decide now',
  goneOutside: (name) => `${name} is not there any more`,
  goneOutsideWhy: 'It was moved, renamed or deleted. The text is still here; Save as writes it anew.',
  writeAnew: 'Write it anew',
  waiting: (name) => `The disk with ${name} does not answer`,
  waitingWhy: 'Earmark goes on waiting. Your work is kept for a restart meanwhile.',
  readOnly: (name) => `${name} can only be read`,
  readOnlyWhy: 'You can correct it here; saving asks for another place.',
  subtitlesOpened: (name) => `${name} holds subtitles`,
  subtitlesOpenedWhy:
    'You can correct their words. The times written in the file stay as they are, also where you move boundaries or align: export subtitles to write the times that you see here.',
  exportThem: 'Export subtitles…',
  heldHere: (name) => `${name} is open in another Earmark on this computer`,
  heldElsewhere: (name, host) => `${name} is open in Earmark on ${host}`,
  heldWhy: 'It is opened read-only, so that no correction is lost. Saving asks for another place.',
  takeOver: 'Edit it here',
  recoveryOfGone: 'The file itself is gone. Its text can be saved in another place.',
  nothingToSave: 'Everything is saved already',
  timestamped: 'Times written',
  nothingToExport: 'There is nothing to export yet',
  noTimes: 'There are no times yet: open the recording first',
  peaksTaken: (name) => `The waveform is shown from ${name}`,
  peaksUnknown: (name) => `${name} is no waveform data of audiowaveform`,
  peaksUnknownWhy: 'Versions 1 and 2 of its .dat files can be shown.',
  peaksElsewhere: (name) => `${name} belongs to another recording`,
  peaksElsewhereWhy: (theirs, ours) => `It is ${theirs} long, the recording ${ours}. Nothing was changed.`,
  recordingChanged: 'This recording is not the one the times were made for',
  recordingChangedWhy: 'Its length or contents changed. The times are kept; check whether they still fit.',
  innerFault: 'Something inside Earmark failed',
  innerFaultWhy: 'Your work is still here. Save it, then start Earmark again.',
  playbackFailed: 'The recording cannot be played',
  playbackFailedWhy:
    'It may have been moved, removed or be damaged. The text and the times are still here and can be saved.',
  aligning: (percent) => `Aligning… ${percent}%`,
  aligned: (placed, all, doubtful) =>
    `${placed} of ${count(all, 'turn', 'turns')} found in the recording, ${doubtful} in doubt`,
  alignedNext: (next, modifier) =>
    `${next} goes through what wants a second listen; ${modifier}+click on a word plays from there.`,
  alignmentFailed: 'The transcript could not be aligned',
  chooseLanguage: 'Choose the language…',
  languageChosen: (language) =>
    language === null ? 'The language is chosen from the text' : `The recording is spoken in ${language}`,
  alignAnew: 'Align anew',
  timingsTaken: (format, placed, doubtful, lost) =>
    `Times taken (${format}): ${count(placed, 'turn', 'turns')} placed, ${doubtful} in doubt, ${lost} not placed`,
  suggestionsFound: (number) =>
    `The recogniser has words for ${count(number, 'inaudible passage', 'inaudible passages')}: see the review list.`,
  timingsRefused: (name) => `The words in ${name} are not those of this transcript`,
  timingsRefusedWhy: 'They may be of another recording or in another language. Nothing was changed.',
  timingsWithoutTranscript: (name) => `${name} holds words with times, but there is no transcript yet`,
  timingsWithoutTranscriptWhy: 'Open the transcript that they belong to, then this file again.',
  alignmentRefused: {
    foreignText: {
      title: 'This text does not seem to belong to this recording',
      explanation: (language) =>
        `Read as ${language}, it does not sound like what is said. It may be a translation, another meeting, or the language is another one. The times are as they were.`,
    },
    noText: { title: 'There is nothing to align', explanation: () => 'The transcript has no spoken text.' },
    noSpeech: {
      title: 'There is nothing to align',
      explanation: () => 'Nobody seems to speak in this recording.',
    },
  },
  analysisStopped: 'Reading the recording was stopped',
  dismiss: 'Dismiss',
  retry: 'Try again',
}

export const problems: Messages['problems'] = {
  file: {
    gone: {
      title: (name) => `${name} is not there any more`,
      explanation: 'It was moved, renamed or deleted, or its disk was removed.',
    },
    notAllowed: {
      title: (name) => `No permission for ${name}`,
      explanation:
        'The system does not allow this file or its folder to be read or written. Choose another place with Save as.',
    },
    readOnly: {
      title: (name) => `${name} is on a read-only disk`,
      explanation: 'Choose another place with Save as.',
    },
    full: {
      title: (name) => `No space left for ${name}`,
      explanation:
        'The disk is full. The file is as it was; free some space and save again, or choose another place.',
    },
    busy: {
      title: (name) => `${name} is in use`,
      explanation: 'Another program holds the file. Close it there and try again.',
    },
    tooLarge: {
      title: (name) => `${name} is too large`,
      explanation: 'This is no transcript: a text may have at most 64 MB.',
    },
    isFolder: { title: (name) => `${name} is a folder`, explanation: 'Choose a file.' },
    changed: {
      title: (name) => `${name} was changed by another program`,
      explanation: 'Nothing has been written.',
    },
    unknown: {
      title: (name) => `${name} could not be read or written`,
      explanation: 'The system reported an error.',
    },
  },
  binary: {
    title: (name) => `${name} is not a text`,
    explanation: 'It holds binary data. Open the transcript as plain text, or the recording as audio.',
  },
  tooLarge: {
    title: (name) => `${name} is too large`,
    explanation: (limit) => `A transcript may have at most ${limit}.`,
  },
  notSidecar: {
    title: 'The times beside this transcript cannot be read',
    explanation:
      'The .earmark.json file is damaged or is something else. The text is opened without it; saving replaces it.',
  },
  newerSidecar: {
    title: 'The times were written by a later version of Earmark',
    explanation:
      'The text is opened without them, and they are left as they are. Times placed here are not kept. Update Earmark to use them.',
  },
  recording: {
    empty: {
      title: (name) => `${name} is empty`,
      explanation: 'The file holds no sound. The transcript stays open.',
    },
    notAudio: {
      title: (name) => `${name} is not a recording`,
      explanation: 'No audio format was recognised in it. The transcript stays open.',
    },
    unfinished: {
      title: (name) => `${name} was not finished`,
      explanation:
        'The end of the file is missing, which tells where its sound lies. Copy the recording again, or repair it with the recorder. The transcript stays open.',
    },
    truncated: {
      title: (name) => `${name} is damaged or cut short`,
      explanation: 'What could be read is shown and can be used.',
    },
    unreadable: {
      title: (name) => `${name} could not be read`,
      explanation: 'Reading stopped with an error. What was read so far is shown.',
    },
  },
  timings: {
    notTimings: (name) => `${name} holds no words with times`,
    notTimingsWhy:
      'Known are Whisper, WhisperX, whisper.cpp, Amazon Transcribe, Deepgram, Google, Azure, AssemblyAI, Rev AI, Speechmatics, Vosk, lists of word, start and end, SRT, VTT, CTM and TSV.',
    brokenJson: (name) => `${name} is damaged`,
    brokenJsonWhy: (line, column) =>
      `It begins as JSON and does not go on as such at line ${line}, character ${column}. Nothing was changed.`,
    malformed: (name, format) => `${name} looks like ${format}, but is not as it should be`,
    malformedWhy: (place) => `The first thing that is wrong is at ${place}. Nothing was changed.`,
    noWords: (name) => `${name} has no words with times`,
    noWordsWhy: (format) => `It is in the format of ${format}. Nothing was changed.`,
  },
  codec: {
    title: (name) => `${name} cannot be decoded`,
    explanation: (codec) =>
      `Its sound is in a format that Earmark cannot decode: ${codec}. The transcript stays open.`,
  },
}
