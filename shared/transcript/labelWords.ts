/** What stands before a colon at the start of a line and names no speaker, lower case. */
export const notNames: ReadonlySet<string> = new Set(
  [
    // English
    'note notes nb ps re fw fwd subject date time start end begin place location venue room address city state country from to cc bcc topic topics title session meeting event project file filename recording audio video duration length language transcript transcriber transcribed transcription version status page copyright source sources url website web site email e-mail phone fax tel contact reference references ref',
    'present absent attendance attendees attending participants participant-list members excused apologies guests staff quorum speakers panelists panellists witnesses appearances counsel agenda summary abstract introduction background conclusion conclusions contents index example examples question questions motion motions action actions resolution ordinance decision result results vote votes ayes noes nays yeas abstentions abstain second seconded moved carried item section part chapter article exhibit appendix annex figure table warning caution important disclaimer correction corrections keywords tags link links also however finally first second third fourth fifth firstly secondly thirdly lastly next then therefore namely remember here there this that these those it is are was yes no ok okay well so but and or because if when what who where why how interviewer-name interviewee-name interviewee interviewed interview-date',
    'name names age city country occupation profession born info warn error debug trace serves yield prep cook tips tip step steps pros cons goal goals purpose objective objectives background scope owner due priority risks risk cost costs total subtotal price apologies chapter verse psalm proverbs act scene setting characters cast 询问时间 询问地点 被询问人 记录人 性别 年龄 姓名 文化程度 职业 住址 案由 合议庭 到庭人员 כתיבה',
    'method methods colleagues summary-keywords regards sincerely dear decision money 关键词 關鍵詞 文字记录 文字記錄 נכחו beratung resolution resolutions ordinance ordinances adjournment adjourned adjourn invocation announcements announcement proclamation proclamations minutes budget budgets deadline deadlines ingredients instructions recess approval approved consent business preamble whereas staff-report fiscal-impact recommendation recommendations discussion disposition outcome public-comment public comments attachments attachment',
    // German, French, Spanish, Portuguese, Italian
    'datum ort zeit uhrzeit beginn ende thema betreff anwesend abwesend teilnehmer teilnehmende tagesordnung hinweis anmerkung beispiel zusammenfassung dauer aufnahme quelle seite',
    'lieu heure objet présents présent absents excusés ordre ordre-du-jour remarque exemple résumé durée participants séance sujet titre',
    'fecha lugar hora asunto tema asistentes ausentes presentes participantes orden nota ejemplo resumen duración título sesión data local assunto pauta exemplo luogo ora oggetto presenti assenti esempio durata ordine',
    // Russian
    'дата место время тема повестка присутствовали присутствуют отсутствуют участники примечание пример начало окончание длительность запись источник например итого внимание',
    // Chinese, Japanese, Korean
    '时间 時間 日期 地点 地點 场所 出席 出席者 列席 缺席 与会者 與會者 参加者 参会人员 出席人员 主题 主題 标题 题目 議題 议题 议程 議程 内容 摘要 概要 来源 备注 備註 注 注意 说明 編者按 编者按 附件 附录 例如 比如 即 也就是说 第一 第二 第三 首先 其次 最后 总之 结论 结果 会议时间 会议地点 会议名称 会议主题 会议日期 录音时间 录音日期 录音地点 记录 记录时间 时长 语言 日時 場所 開催日 出席委員 欠席者 議事日程 日程 会場 資料 일시 장소 참석자 참석 불참 안건 주제 의제 날짜 시간',
    // Arabic, Hebrew
    'التاريخ المكان الوقت الموضوع الحضور ملاحظة مثال תאריך מקום שעה נושא נוכחים נעדרים הערה דוגמה',
  ].flatMap((words) => words.split(' ')),
)

/** Of the words that name nobody, those that do where they come back before speech. */
export const ambiguousWords: ReadonlySet<string> = new Set(
  'question questions answer answers re ps nb ed cc staff public guest guests members panel committee narration 问 問 答 second 内容'.split(
    ' ',
  ),
)

/** Openings of longer phrases that name no speaker. */
export const notNamePhrase =
  /^(?:key points?|orden del día|ordine del giorno|beratung|erste beratung|dear|resolution|ordinance|old business|new business|unfinished business|public (?:comment|hearing|forum)|consent (?:agenda|calendar)|executive session|closed session|pledge|moment of silence|approval of|adoption of|election of|report of|reports? from|agenda item|item|section|chapter|part|article|exhibit|figure|table|step|page|session|day|volume|vol|case|docket|file|order of|ordre du jour|call to order|roll call|in attendance|also present|not present|members (?:present|absent)|meeting (?:date|time|place|location|called)|date (?:of|and)|time (?:of|started|ended)|place of|location of|start(?:ed)? time|end(?:ed)? time|transcri(?:bed|ption) by|recorded (?:by|on)|interview (?:date|with|of)|interviewed by|prepared by|reported by|as follows|the following|for example|for instance|in (?:summary|conclusion|other words|short)|that is|e\.g|i\.e|list of|names? of|speakers?(?: list)?$|participants?(?: list)$|next meeting|dial[- ]in|thank|please|let|here|there|what|why|how|who|when|where|which|because|and|but|so|or|if|this|that|these|those|it|we|you|they|he|she|i)\b/iu

/** Words for roles, which label a speaker without a name. */
export const roles =
  /^(?:the |el |la |le |il |der |die |das |o |a )?(?:(?:acting|vice|deputy|co|madam|mr|mister|madame|hon|honorable|lord|lady|mayor|council ?member|commissioner|board ?member|committee ?member|public|female|male|unidentified|unknown|second|first|audience|remote|online|off-?screen|video|ms|lead)[ .-]*)*(?:chair(?:man|woman|person)?|president|speaker|moderator|host|interviewer|interviewee|mayor|clerk|secretary|judge|court|witness|counsel|attorney|prosecutor|narrator|operator|reporter|journalist|participant|respondent|researcher|facilitator|translator|interpreter|commenter|member|coordinator|man|woman|male|female|voice|audience|crowd|all|both|group|panelist|presenter|announcer|student|teacher|doctor|patient|caller|guest|analyst|officer|agent|commissioner|council ?member|senator|representative|delegate|treasurer|director|manager|board|staff|recording|bailiff|juror|referee|hearing officer|président|présidente|presidente|presidenta|präsident|präsidentin|vorsitzende[r]?|moderatorin|moderador|moderadora|entrevistador|entrevistadora|entrevistado|interviewerin|председатель|председательствующий|ведущий|ведущая|докладчик|вопрос|ответ|корреспондент|журналист)(?:[ #]*\d+|[ -][a-z])?$|^(?:an|some|several|many|all|multiple|various|unidentified|unknown|other|female|male|two|the)(?: hon\.?(?:ourable|orable)?| unidentified| unknown| female| male| audience| committee| board| council)*[ -](?:members?|voices?|speakers?|participants?|people|persons?|men|women|senators?|delegates?|students?|respondents?)(?: (?:of the (?:public|audience|committee)|in the (?:audience|room|crowd)|from the (?:floor|audience)))?(?: #?\d+)?$|^(?:voices?|speakers?|audience|questions?|public)(?: (?:members?|speakers?|of \p{L}+|from the floor|off[- ]mic(?:rophone)?))$|^vozes(?: d[oa]s? \S+)?$|^(?:реплика|голос(?:а)?(?: из зала)?|из зала|с места|неизвестный|גורם|קריאה|קריאות|קריאה מהקהל|דובר|דוברת|יו"ר|اله?يئة|الرئيس|الرئيسة|المذيع|الصحفي|سؤال|جواب|متحدث(?:ة)? غير معروف(?:ة)?)$/iu

/** Chinese, Japanese and Korean titles that end a label. */
export const eastAsianRole =
  /(?:主席|主持人|主持|司仪|记者|記者|代表|先生|女士|小姐|委员|委員|委员长|委員長|书记|部长|部長|局长|局長|市长|市長|院长|院長|校长|主任|处长|秘书长|秘書長|教授|老师|老師|医生|醫生|律师|法官|审判长|原告|被告|证人|嘉宾|观众|听众|聽眾|发言人|發言人|翻译|翻譯|旁白|采访者|受访者|访谈者|被访者|问|答|問|男|女|众人|全体|議長|议长|議員|议员|大臣|総理|君|さん|氏|司会|司会者|质询人|参考人|参加者|의장|위원장|위원|의원|장관|사회자|기자|교수|질문|답변|면접자|참가자)(?:\d+|[甲乙丙丁A-Z])?$/u
