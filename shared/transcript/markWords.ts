import type { MarkKind } from './transcript'

/** Words that tell what a bracketed remark means, by kind; tested against the remark's inside, lower case. The first kind that
 *  fits wins. */
export const markWords: readonly { readonly kind: MarkKind; readonly pattern: RegExp }[] = [
  {
    kind: 'inaudible',
    pattern:
      /^[?？¿]+$|^(?:…|\.{3}|_{2,})?\s*(?:inaudible|unintelligible|indiscernible|indistinct|inintelligible|unclear|unverständlich|undeutlich|unv\.?|inaudibles?|incompréhensible|ininteligible|inintelligible|ininteligível|inaudível|incomprensibile|non si sente|onverstaanbaar|niezrozumiałe|niesłyszalne|nesrozumitelné|anlaşılmıyor|ohörbart|ej hörbart|kuulumaton|nie słychać|could not hear|can't hear|cannot hear|not audible|no audio|não audível|incomprensible|non udibile|off[- ]mic(?:rophone)?|hors (?:du )?micro(?:phone)?|fuori microfono|fuera de(?:l)? micrófono|fora do microfone|sounds like|words? missing|missing words?|audio unclear|ph|phonetic|sp\??)\b|неразборчиво|нрзб|неслышно|не слышно|без микрофона|вне микрофона|нерозбірливо|听不清|聽不清|听不见|聽不見|听不懂|无法听清|無法聽清|不清楚|不清晰|聞き取れ|聞き取り不能|聴き取れ|判読不能|不明瞭|들리지 ?않|불분명|알아들을 수 ?없|غير مسموع|غير واضح|לא ברור|לא נשמע/iu,
  },
  {
    kind: 'crosstalk',
    pattern:
      /cross[ -]?talk|simultaneous|talking over|speaking over|over ?talk|overlapping|multiple speakers|speaking at (?:the )?(?:same time|once)|brouhaha|parlent (?:en même temps|tous)|gleichzeitig|durcheinander|hablan (?:a la vez|al mismo tiempo|varios)|parlano insieme|falam ao mesmo tempo|говорят одновременно|одновременно говор|перекрёстн|同时说话|同時說話|同时发言|同時發言|多人说话|多人說話|七嘴八舌|重叠|同時に(?:発言|話)|同時発言|동시에/iu,
  },
  {
    kind: 'event',
    pattern:
      /\b(?:laugh|applau|chuckl|clap|cheer|music|sigh|cough|pause|silence|sneez|noise|ring|beep|bell|gavel|knock|phone|break|recess|adjourn|off the record|on the record|recording|end of|start of|begin|video|audio|playing|plays|singing|crying|sobbing|tears|whisper|gestur|nod|sic\b|spells|speaking (?:in|foreign)|foreign language|non-english|interpreter|technical difficult|connection|disconnect|whereupon|exhibit|no (?:audible |verbal )?(?:response|reply)|moment of silence|pledge|roll call|vote|indicat|sworn|excused|sidebar|bench conference|discussion (?:held )?off|suspended|resumed|resumes|intermission|marked for|groans?|boos?|booing|shouts?|gasps?|clears? throat|shuffl|rustl)|^(?:ride|ridono|ridendo|ríe|ríen|rie|ri|rit|rient|lacht|смеётся|смеется|смеются)$|lachen|gelächter|beifall|applaus|heiterkeit|zuruf|unterbrech|pause|rires?|applaudissements|sourires|exclamations|interruption|musique|fin de|risas|aplausos|música|pausa|fin |risate|applausi|risos|hilarité|mouvements|protestations|protestos|protestas|rumores|murmullos|palmas|ilarità|commenti|oklaski|wesołość|poruszenie|dzwonek|gwar|śmiech|przerwa|alkış|gülüş|gelach|applåder|skratt|potlesk|smích|taps|derültség|aplauze|râsete|оплески|сміх|перерва|перерыв|смех|аплодисменты|пауза|музыка|шум|оживление|кашель|笑|掌声|掌聲|鼓掌|音乐|音樂|音楽|停顿|停頓|沉默|咳|录音|錄音|録音|音频|音頻|视频|视訊|中断|中斷|结束|結束|开始|開始|休息|休会|休會|拍手|休憩|散会|発言する者|呼ぶ者|会場|電話|电话|铃|叹气|哭|웃음|박수|장내|정회|소란|음악|침묵|기침|녹음|ضحك|تصفيق|خنده|کف زدن|هياج|مقاطعة|همهمه|موسيقى|צחוק|מחיאות כפיים|קריאות|קריאה|व्यवधान|हंसी|हँसी|तालियां|तालियाँ|χειροκροτήματα|γέλια/iu,
  },
]

/** How reporters word what happens, whatever follows: nobody says that in brackets. */
export const eventFormula = new RegExp(
  [
    String.raw`^(?:whereupon|thereupon)\b`,
    String.raw`^(?:an? |the )?(?:(?:brief|short|long|lunch(?:eon)?|noon|dinner|morning|afternoon|evening|overnight|[\p{L}\d-]+[- ]minute|off[- ]the[- ]record) )*(?:recess|break|pause|intermission|discussion|silence)(?:$|[.,;]| (?:was |is )?(?:taken|held|had|ensues|ends|from|until|at|off|for|in the proceedings)\b)`,
    String.raw`^(?:back |going |went )?(?:off|on) (?:the )?record\b`,
    String.raw`^no (?:audible |verbal |oral |further )?(?:response|reply|answer)\b`,
    String.raw`^(?:(?:plaintiff|defendant|defense|government|people|petitioner|respondent|state|prosecution|claimant|deposition|joint|court|hearing)(?:['’]?s['’]?)? )?(?:exhibits?|documents?)\b.*\b(?:marked|received|admitted|identified|offered|entered|introduced|shown|displayed)\b`,
    String.raw`^(?:the )?(?:proceedings?|hearing|meeting|deposition|session|sitting|court|committee|subcommittee|council|board|trial|house|senate|conference|interview)\b.{0,30}\b(?:adjourned|concluded?|recessed|suspended|resumed?|reconvened|ended|closed|began|commenced)\b`,
    String.raw`^(?:the )?(?:witness(?:es)?|interpreter|jury|jurors?|panel)(?: (?:was|were|is|are))?(?: \p{L}+ly)? (?:sworn|affirmed|excused|enters?|entered|exits?|exited|leaves?|left|nods?|nodding|shakes?|shaking|indicat\p{L}+|complies|complying|points?|reviews?|reviewing)\b`,
    String.raw`^(?:(?:general|loud|prolonged|sustained|scattered|light) )*(?:laughter|applause|cheers|cheering|crosstalk|music|groans|booing|chuckles|chuckling|laughing|laughs)(?: (?:and|from|in|by|on|plays|playing|continues)\b.{0,40})?$`,
    "^(?:la séance|l['’]audience|la réunion) (?:est|a été) (?:suspendue|levée|reprise|ouverte|ajournée)",
    String.raw`^(?:(?:vifs|vives|nombreux|longs) )?(?:applaudissements|rires|exclamations|sourires|protestations|mouvements divers|interruptions|huées)(?: (?:sur|à|au|aux|dans|de|des|du|et)\s.{0,80})?\.?$`,
    '^(?:(?:die )?(?:sitzung|verhandlung|anhörung) (?:wird|wurde|ist) (?:unterbrochen|geschlossen|fortgesetzt|beendet))',
    String.raw`^(?:(?:anhaltende[rs]?|lebhafte[rs]?|starke[rs]?|allgemeine[rs]?|langanhaltende[rs]?) )*(?:beifall|heiterkeit|lachen|zurufe?|gegenrufe?|widerspruch|unruhe|glocke)(?: (?:bei|des|der|von|im|und|sowie|links|rechts|aus)\s.{0,160})?$`,
    '^se (?:suspende|reanuda|levanta|interrumpe) la sesión',
    String.raw`^(?:(?:fuertes|grandes|prolongados|vivos|muitos) )*(?:aplausos|risas|rumores|protestas|murmullos|risos|palmas|protestos)(?: (?:en|de|da|do|das|dos|del|y|e|no|na)\s.{0,60})?\.?$`,
    '^(?:a (?:sessão|reunião|audiência) (?:é|foi) (?:suspensa|encerrada|reaberta))',
    String.raw`^(?:(?:vivi|prolungati|generali) )*(?:applausi|risate|commenti|proteste|ilarità)(?: (?:de[ia]|del|dei|della|dai|e)\s.{0,60})?\.?$|^la seduta (?:è|viene) (?:sospesa|ripresa|tolta)`,
    String.raw`^(?:(?:бурные|продолжительные|громкие|общий) )*(?:аплодисменты|смех|шум|оживление|перерыв|пауза|оплески|сміх|перерва)(?: (?:в|у|из|з|на|и|та)\s.{0,40})?\.?$`,
    String.raw`^(?:oklaski|wesołość|poruszenie|dzwonek|gwar|śmiech|przerwa|posiedzenie przerwano)(?: (?:na|w|i|po|od)\s.{0,60})?\.?$`,
  ].join('|'),
  'iu',
)

/** Words that open a note: a remark about the transcript, no speech. */
export const noteWord =
  /^(?:\*{0,2})(?:note|notes|nb|n\.b\.|disclaimer|editor'?s note|transcriber'?s note|transcription note|transcript note|note to reader|remarque|note du transcripteur|anmerkung|hinweis|nota|nota del transcriptor|примечание|注|注意|注释|注釋|备注|備註|附注|说明|免责声明|編注|訳注|参考|비고|주)(?:\*{0,2})\s*[:：]/iu

/** Remarks in brackets that are notes whatever they say. */
export const bracketedNote =
  /^(?:note|nb|editor|ed\.|transcriber|transcriptionist|translator|注|译注|譯註|訳注|примечание|anm|n\.d\.[tlr]|ndt|ndlr)\b.*|^注[:：]/iu

/** Events on a line of their own that some records write without brackets. */
export const plainEvent =
  /^(?:laughter|applause|crosstalk|cheering|music(?: playing)?|laughter and applause|beifall|heiterkeit|gelächter|rires|applaudissements|risas|risos|risate|applausi|hilarité|mouvements|protestations|protestos|protestas|rumores|murmullos|palmas|ilarità|commenti|oklaski|wesołość|poruszenie|dzwonek|gwar|śmiech|przerwa|alkış|gülüş|gelach|applåder|skratt|potlesk|smích|taps|derültség|aplauze|râsete|оплески|сміх|перерва|перерыв|смех|аплодисменты|掌声|掌聲|笑声|笑聲|拍手|박수|웃음)[.。]?$|^(?:aplausos|risos|risas|protestos|protestas|rumores)(?: (?:d[aeo]s?|en|de l[ao]s?) .{1,60})?\.$|^(?:an? |some |several )?(?:(?:mr|mrs|ms|dr|senator|hon\.?|government|opposition|honourable) )*(?:[\p{L}'’-]+ ){1,2}interjecting ?[—–-]*$|^(?:debate (?:interrupted|adjourned|resumed)|leave (?:not )?granted)\.$|^(?:several|some|many) (?:hon\.? |honourable )?members (?:rose|interjected)\b.{0,20}$|^(?:documents?|papers?|letter|report), by leave, laid (?:on|upon) the table\b.{0,40}$|^end of (?:transcript|transcription|recording|interview|tape|audio)\b.{0,30}$/iu
