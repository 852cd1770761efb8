import { bytesInWords } from '../bytesInWords'
import type { Messages } from '../messages'
import { number } from './numbers'

export const notices: Messages['notices'] = {
  cacheCleared: (bytes) => `已清除波形缓存：${bytesInWords(bytes)}`,
  anchorsLost: (count) => `有 ${number(count)} 个时间未能找回：文字在别处被修改过`,
  companionFound: (name) => `旁边有同名文件“${name}”`,
  openIt: '打开',
  saved: (name) => `“${name}”已保存`,
  exported: (name) => `“${name}”已导出`,
  reloaded: (name) => `“${name}”被其他程序修改，已重新载入`,
  recoveryWaiting: (name) => `“${name}”有未保存的修改`,
  journalFailed: '目前无法为意外退出保留未保存的修改，请经常保存。',
  versionRestored: '已恢复较早的内容；保存后写入文件，撤销可取消',
  changedOutside: (name) => `“${name}”被其他程序修改。保存时会询问如何处理。`,
  notSaved: '未能保存',
  notSavedWhy: '听校内部发生错误。文件保持原样；您的修改会保留到下次启动。',
  decide: '现在决定',
  goneOutside: (name) => `“${name}”已不在原处`,
  goneOutsideWhy: '它被移动、重命名或删除了。文本仍在这里，可以另存。',
  writeAnew: '重新写入',
  waiting: (name) => `“${name}”所在的磁盘没有响应`,
  waitingWhy: '听校会继续等待。在此期间，您的修改会保留到下次启动。',
  readOnly: (name) => `“${name}”只能读取`,
  readOnlyWhy: '可以在这里校改；保存时会请您另选位置。',
  subtitlesOpened: (name) => `“${name}”是字幕文件`,
  subtitlesOpenedWhy:
    '可以在这里更正字幕的文字。文件里写着的时间保持原样，移动边界或对齐也不会改变它；要写出这里显示的时间，请导出字幕。',
  exportThem: '导出字幕…',
  heldHere: (name) => `“${name}”已在本机的另一个听校中打开`,
  heldElsewhere: (name, host) => `“${name}”已在 ${host} 上的听校中打开`,
  heldWhy: '为避免任何人的校改丢失，已以只读方式打开。保存时会请您另选位置。',
  takeOver: '在这里编辑',
  recoveryOfGone: '文件本身已不在。它的文本可以另存到别处。',
  nothingToSave: '没有需要保存的内容',
  timestamped: '时间已写入',
  nothingToExport: '还没有可导出的内容',
  noTimes: '还没有时间：请先打开录音',
  peaksTaken: (name) => `波形取自 ${name}`,
  peaksUnknown: (name) => `${name} 不是 audiowaveform 的波形数据`,
  peaksUnknownWhy: '可以显示第 1 版和第 2 版的 .dat 文件。',
  peaksElsewhere: (name) => `${name} 属于另一份录音`,
  peaksElsewhereWhy: (theirs, ours) => `它的长度是 ${theirs}，录音的长度是 ${ours}。没有作任何改动。`,
  recordingChanged: '这不是原来对应的那份录音',
  recordingChangedWhy: '它的长度或内容有变化。时间已保留，请检查是否仍然吻合。',
  innerFault: '听校内部出错',
  innerFaultWhy: '您的修改仍在。请先保存，然后重新启动听校。',
  playbackFailed: '录音无法播放',
  playbackFailedWhy: '文件可能已被移动、删除或损坏。文字和时间仍在，可以保存。',
  aligning: (percent) => `正在对齐… ${percent}%`,
  aligned: (placed, all, doubtful) =>
    `${number(all)} 段发言中有 ${number(placed)} 段已在录音中找到，${number(doubtful)} 段存疑`,
  alignedNext: (next, modifier) => `按 ${next} 逐处复听存疑之处；按住 ${modifier} 点击词语，从该处播放。`,
  alignmentFailed: '无法对齐文字记录',
  chooseLanguage: '选择语言…',
  languageChosen: (language) => (language === null ? '语言按文字自动选择' : `录音的语言：${language}`),
  alignAnew: '重新对齐',
  timingsTaken: (format, placed, doubtful, lost) =>
    `已采用时间（${format}）：${placed} 段已定位，${doubtful} 段存疑，${lost} 段未定位`,
  suggestionsFound: (number) => `识别结果为 ${number} 处听不清的地方提供了文字：见复核列表。`,
  timingsRefused: (name) => `“${name}”中的词语与此文字记录不符`,
  timingsRefusedWhy: '可能属于另一段录音或另一种语言。未作任何更改。',
  timingsWithoutTranscript: (name) => `“${name}”含有带时间的词语，但尚未打开文字记录`,
  timingsWithoutTranscriptWhy: '请先打开其所属的文字记录，再打开此文件。',
  alignmentRefused: {
    foreignText: {
      title: '这份文字记录似乎不属于这段录音',
      explanation: (language) =>
        `按${language}朗读，与录音中所说的不符。可能是译文或另一场会议，也可能是语言不对。时间保持原样。`,
    },
    noText: { title: '没有可对齐的内容', explanation: () => '文字记录中没有发言。' },
    noSpeech: { title: '没有可对齐的内容', explanation: () => '录音中似乎没有人说话。' },
  },
  analysisStopped: '已停止读取录音',
  dismiss: '关闭',
  retry: '重试',
}

export const problems: Messages['problems'] = {
  file: {
    gone: {
      title: (name) => `“${name}”已不存在`,
      explanation: '文件被移动、改名或删除，或者所在磁盘已移除。',
    },
    notAllowed: {
      title: (name) => `没有访问“${name}”的权限`,
      explanation: '系统不允许读写该文件或其文件夹。可用“另存为”选择其他位置。',
    },
    readOnly: { title: (name) => `“${name}”位于只读磁盘`, explanation: '可用“另存为”选择其他位置。' },
    full: {
      title: (name) => `没有空间保存“${name}”`,
      explanation: '磁盘已满，文件保持原样。请腾出空间后再保存，或选择其他位置。',
    },
    busy: {
      title: (name) => `“${name}”正在使用`,
      explanation: '其他程序占用了该文件。请在那里关闭后重试。',
    },
    tooLarge: { title: (name) => `“${name}”太大`, explanation: '这不是文字记录：文本最大为 64 MB。' },
    isFolder: { title: (name) => `“${name}”是文件夹`, explanation: '请选择文件。' },
    changed: { title: (name) => `“${name}”已被其他程序修改`, explanation: '尚未写入任何内容。' },
    unknown: { title: (name) => `“${name}”无法读写`, explanation: '系统报告了错误。' },
  },
  binary: {
    title: (name) => `“${name}”不是文本`,
    explanation: '其中是二进制数据。请打开纯文本的文字记录，或将录音作为录音打开。',
  },
  tooLarge: { title: (name) => `“${name}”太大`, explanation: (limit) => `文字记录最大为 ${limit}。` },
  notSidecar: {
    title: '无法读取文字记录旁的时间文件',
    explanation: '.earmark.json 文件已损坏或不是听校的文件。文字已在没有时间的情况下打开；保存时会替换它。',
  },
  newerSidecar: {
    title: '时间文件由更新版本的听校写入',
    explanation:
      '文字已在没有时间的情况下打开，时间文件保持原样；在这里设置的时间不会保存。请更新听校后使用。',
  },
  recording: {
    empty: { title: (name) => `“${name}”是空文件`, explanation: '文件里没有声音。文字记录仍然打开。' },
    notAudio: {
      title: (name) => `“${name}”不是录音`,
      explanation: '没有识别出音频格式。文字记录仍然打开。',
    },
    unfinished: {
      title: (name) => `“${name}”没有写完`,
      explanation:
        '文件缺少末尾，无法得知声音所在的位置。请重新复制录音，或用录音设备修复。文字记录仍然打开。',
    },
    truncated: {
      title: (name) => `“${name}”已损坏或不完整`,
      explanation: '能读取的部分已显示，可以使用。',
    },
    unreadable: { title: (name) => `无法读取“${name}”`, explanation: '读取时出错。已读取的部分已显示。' },
  },
  timings: {
    notTimings: (name) => `“${name}”中没有带时间的词语`,
    notTimingsWhy:
      '可读取 Whisper、WhisperX、whisper.cpp、Amazon Transcribe、Deepgram、Google、Azure、AssemblyAI、Rev AI、Speechmatics、Vosk、含 word、start、end 的列表，以及 SRT、VTT、CTM 和 TSV。',
    brokenJson: (name) => `“${name}”已损坏`,
    brokenJsonWhy: (line, column) =>
      `开头是 JSON，但在第 ${line} 行第 ${column} 个字符处无法继续读取。未作任何更改。`,
    malformed: (name, format) => `“${name}”看似 ${format} 格式，但内容有误`,
    malformedWhy: (place) =>
      `第一处错误位于${`${place}`.replace(/^line (\d+)$/u, '第 $1 行').replace(/^(?=\w)/u, ' ')}。未作任何更改。`,
    noWords: (name) => `“${name}”中没有带时间的词语`,
    noWordsWhy: (format) => `它是 ${format} 格式。未作任何更改。`,
  },
  codec: {
    title: (name) => `“${name}”无法解码`,
    explanation: (codec) => `听校无法解码这种音频格式：${codec}。文字记录仍然打开。`,
  },
}
