import type { MarkKind } from './transcript'

/** Words that tell what a bracketed remark means, by kind; tested against the remark's inside, lower case. The first kind that
 *  fits wins. */
export const markWords: readonly { readonly kind: MarkKind; readonly pattern: RegExp }[] = [
  {
    kind: 'inaudible',
    pattern:
      /^[?？¿]+$|^(?:…|\.{3}|_{2,})?\s*(?:inaudible|unintelligible|indiscernible|indistinct|inintelligible|unclear|unverständlich|undeutlich|unv\.?|inaudibles?|incompréhensible|ininteligible|inintelligible|ininteligível|inaudível|incomprensibile|non si sente|onverstaanbaar|niezrozumiałe|niesłyszalne|nesrozumitelné|anlaşılmıyor|ohörbart|ej hörbart|kuulumaton|nie słychać|could not hear|can't hear|cannot hear|not audible|no audio|não audível|incomprensible|non udibile|off[- ]mic(?:rophone)?|sounds like|words? missing|missing words?|audio unclear|ph|phonetic|sp\??)\b|неразборчиво|нрзб|неслышно|не слышно|нерозбірливо|听不清|聽不清|听不见|聽不見|听不懂|无法听清|無法聽清|不清楚|不清晰|聞き取れ|聞き取り不能|聴き取れ|判読不能|不明瞭|들리지 ?않|불분명|알아들을 수 ?없|غير مسموع|غير واضح|לא ברור|לא נשמע/iu,
  },
  {
    kind: 'crosstalk',
    pattern:
      /cross[ -]?talk|simultaneous|talking over|speaking over|over ?talk|overlapping|multiple speakers|speaking at (?:the )?(?:same time|once)|brouhaha|parlent (?:en même temps|tous)|gleichzeitig|durcheinander|hablan (?:a la vez|al mismo tiempo|varios)|parlano insieme|falam ao mesmo tempo|говорят одновременно|одновременно говор|перекрёстн|同时说话|同時說話|同时发言|同時發言|多人说话|多人說話|七嘴八舌|重叠|同時に(?:発言|話)|同時発言|동시에/iu,
  },
  {
    kind: 'event',
    pattern:
      /\b(?:laugh|applau|chuckl|clap|cheer|music|sigh|cough|pause|silence|sneez|noise|ring|beep|bell|gavel|knock|phone|break|recess|adjourn|off the record|on the record|recording|end of|start of|begin|video|audio|playing|plays|singing|crying|sobbing|tears|whisper|gestur|nod|sic\b|spells|speaking (?:in|foreign)|foreign language|non-english|interpreter|technical difficult|connection|disconnect|whereupon|exhibit|no (?:audible |verbal )?(?:response|reply)|moment of silence|pledge|roll call|vote)|lachen|gelächter|beifall|applaus|heiterkeit|zuruf|unterbrech|pause|rires?|applaudissements|sourires|exclamations|interruption|musique|fin de|risas|aplausos|música|pausa|fin |risate|applausi|risos|смех|аплодисменты|пауза|музыка|шум|оживление|кашель|笑|掌声|掌聲|鼓掌|音乐|音樂|音楽|停顿|停頓|沉默|咳|录音|錄音|録音|音频|音頻|视频|视訊|中断|中斷|结束|結束|开始|開始|休息|休会|休會|拍手|会場|電話|电话|铃|叹气|哭|웃음|박수|음악|침묵|기침|녹음|ضحك|تصفيق|موسيقى|צחוק|מחיאות כפיים/iu,
  },
]

/** Words that open a note: a remark about the transcript, no speech. */
export const noteWord =
  /^(?:\*{0,2})(?:note|notes|nb|n\.b\.|disclaimer|editor'?s note|transcriber'?s note|transcription note|transcript note|note to reader|remarque|note du transcripteur|anmerkung|hinweis|nota|nota del transcriptor|примечание|注|注意|注释|注釋|备注|備註|附注|说明|免责声明|編注|訳注|参考|비고|주)(?:\*{0,2})\s*[:：]/iu

/** Remarks in brackets that are notes whatever they say. */
export const bracketedNote =
  /^(?:note|nb|editor|ed\.|transcriber|transcriptionist|translator|注|译注|譯註|訳注|примечание|anm|n\.d\.[tlr]|ndt|ndlr)\b.*|^注[:：]/iu

/** Events on a line of their own that some records write without brackets. */
export const plainEvent =
  /^(?:laughter|applause|crosstalk|cheering|music(?: playing)?|laughter and applause|beifall|heiterkeit|gelächter|rires|applaudissements|risas|risos|risate|applausi|смех|аплодисменты|掌声|掌聲|笑声|笑聲|拍手|박수|웃음)[.。]?$|^(?:aplausos|risos|risas|protestos|protestas|rumores)(?: (?:d[aeo]s?|en|de l[ao]s?) .{1,60})?\.$|^end of (?:transcript|transcription|recording|interview|tape|audio)\b.{0,30}$/iu
