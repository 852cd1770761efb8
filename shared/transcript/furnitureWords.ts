/** A page number alone on its line, with the word for page, a dash or a bracket on both sides, the number of pages. */
export const pageNumber =
  /^[-–—[(|\s]*(?:page ?:?|column|columna|colonne|pg\.?|p\.|página|pág\.?|seite|s\.|pagina|стр\.?|страница|第|صفحة|עמוד)?\s*\d{1,4}\s*(?:页|頁|ページ|쪽)?\s*(?:(?:of|de|von|sur|di|da|из|من|מתוך|의|\/|／)\s*\d{1,4}|[,，、/]?\s*共\s*\d{1,4}\s*[页頁])?[-–—\])|\s]*$|^(?:[\d/-]{5,12}\s+)?\d{1,3}\/\d{1,3}(?:\s+[\d/-]{5,12})?$|^\d{2}[/.-]\d{2}[/.-]\d{4}\s+[ASE]\/[\w./()-]{3,30}$/iu

/** Lines that are nobody's speech wherever they stand. */
export const remarkOfFurniture = new RegExp(
  [
    // Depositions announce who asks.
    String.raw`^(?:(?:FURTHER )?(?:DIRECT |CROSS[- ]|REDIRECT |RECROSS[- ])?EXAMINATION )?BY (?:MR|MS|MRS|MISS|DR)\.? [\p{Lu}'’. -]{2,40}(?: \([\p{L} ]+\))?:$`,
    String.raw`^(?:(?:FURTHER )?(?:DIRECT|CROSS|REDIRECT|RECROSS)[ -])?EXAMINATION(?: \(CONTINUED\))?$`,
    String.raw`^(?:Questions|Examination|Cross-examination|Re-examination|Further questions) (?:by|from) (?:MR|MS|MRS|MISS|DR|THE|SIR)\b[\p{Lu}'’. -]*(?: \([\p{L} ]+\))?$`,
    String.raw`^[\p{Lu}][\p{Lu}'’. -]{4,40} \((?:sworn|affirmed|recalled|continued|called|on former oath|on former affirmation)\)$`,
    String.raw`^\p{Lu}[\p{L}'’. -]{1,30} ?[-–—/,] ?(?:[Ff]urther |FURTHER )?(?:[Dd]irect|DIRECT|[Cc]ross|CROSS|[Rr]e-?[Dd]irect|RE-?DIRECT|[Rr]e-?[Cc]ross|RE-?CROSS)(?: ?[-–—/(] ?[^.?!]{1,40})?$`,
    '^(?:MORNING|AFTERNOON|EVENING) SESSION$',
    String.raw`^\{time\}\s+\d{4}$`,
    // The times of a cue, where subtitles are opened as a text; the first line of WebVTT.
    String.raw`^(?:\{time\}|(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?:\{time\}|(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})`,
    '^WEBVTT\\b',
    '^P ?R ?O ?C ?E ?E ?D ?I ?N ?G ?S$',
    // A heading in Markdown, or a line of ornaments.
    String.raw`^#{1,6}\s+\S`,
    String.raw`^(?:[-–—_=*~·•#]\s?){3,}$`,
    '^[-–— ]*[oO0] ?[oO0] ?[oO0][-–— ]*$',
    // The time in the margin of committee evidence.
    String.raw`^[•●·*]?\s*\(\d{4}\)$`,
    // When a meeting began and ended.
    String.raw`^(?:The )?(?:[Mm]eeting|[Ss]itting|[Hh]earing|[Cc]ommittee|[Ss]ubcommittee|[Cc]ouncil|[Bb]oard|[Aa]ssembly|[Hh]ouse|[Ss]enate|[Ss]ession) (?:was called to order|rose|was suspended|was adjourned|adjourned|resumed|met) at \S`,
    String.raw`^(?:END\s+\d{1,2}:\d{2}|\(?(?:Beginn|Schluss|Ende)\s*(?:der Sitzung)?:? \d{1,2})`,
    String.raw`^(?:La séance est levée (?:à|et)|Se levanta la sesión a|La seduta (?:termina|è tolta) alle|הישיבה ננעלה בשעה|הישיבה נסגרה בשעה|\(?Koniec posiedzenia|Sluiting \d|Aanvang:? \d|(?:Kapanma|Açılma) Saati:? \d)`,
    '^Era(?:n|m)? (?:la una|las |el mediodía|as |\\d).{0,60}(?:horas?|minutos?|mañana|tarde|noche|tarde|noite)\\.?$',
    String.raw`^(?:The )?(?:[Mm]eeting|[Ss]itting|[Ss]ession|[Cc]ommittee) (?:suspended|closed|continued in (?:private|public)|ended|rose)\b[^?!]{0,60}\.?$`,
    '^On resuming ?[—–-]*$',
    '^.{2,60} (?:started|stopped) (?:transcription|recording)$',
    "^WITNESS: +\\p{Lu}[\\p{Lu}'’. -]{2,40}(?: \\[[^\\[\\]]{3,30}\\])?$",
    String.raw`^(?:Examination|Cross-examination|Re-examination|Further (?:cross-)?examination|Questioned) by (?:(?:Mr|Ms|Mrs|Dr|Judge)\.? )?(?:the )?\p{Lu}[^:]{2,40}:(?: \[[\p{L} ]+\])?$`,
    '^--- (?:Upon|On|Recess|Luncheon|Break|Whereupon|The witness)\\b',
    String.raw`^Överläggningen var härmed avslutad\.`,
    "^(?:L['’]incident est clos|Het incident is gesloten)\\.$",
    String.raw`^The (?:Lok Sabha|Rajya Sabha|House|Assembly|Committee|Council|Senate|Dáil|Seanad)(?: then)? (?:adjourned|re-?assembled|met|rose) (?:at|till|until)\b.{0,80}\.?$`,
    String.raw`^(?:Motion|Question|Amendment|Resolution|Clause|Report|Bill)s?(?: put and| accordingly| as amended|, as amended,)? (?:agreed to|negatived|carried|passed|adopted|read (?:a|the) (?:first|second|third) time|by leave,? withdrawn)\.?$`,
    String.raw`^\d{2} (?:Questions?|Interpellations?|Vraag|Interpellaties?|Samengevoegde|Actualiteitsdebat)\b.{3,100}[^.?!]$`,
    String.raw`^\d{1,2}\.[0-5]\d$|^Kl\. ?\d{1,2}[.:]\d{2}\.?$`,
    String.raw`^De vergadering wordt (?:van|om|te|voor|enige|enkele|gesloten|geschorst|hervat).{0,60}\.$|^Sluiting \d`,
    String.raw`^cve: \S+$`,
    // Dots lead to a page or a name in tables.
    String.raw`(?:\. ){5,}|\.{6,}\s*\d{1,4}$`,
    // Resolutions and votes in verbatim records of the United Nations.
    String.raw`^(?:(?:The d|D)raft (?:resolution|decision)|The agenda|The proposal) .{0,80}\bwas (?:adopted|rejected|withdrawn)\b.{0,60}\.$`,
    String.raw`^(?:It was so decided|(?:A|The) (?:recorded )?vote was taken(?: by .{1,30})?)\.$`,
    String.raw`^(?:[ASE]|CD|ST)/[\w./()-]{3,30}(?:\s+\d\d/\d\d/\d{4})?$`,
    String.raw`^（?(?:午前|午後|上午|下午|中午)?[\d〇零一二三四五六七八九十]{1,3}[时時点點](?:[\d〇零一二三四五六七八九十]{1,3}分)?(?:散会|散會|休会|休會|開会|开会|開會|休憩)）?$`,
  ].join('|'),
  'u',
)

/** A reporter presents a witness: `JOHN DOE,` and `called as a witness by the People, having been duly sworn, testified as follows:`. */
export const swornWitness =
  /^(?:[\p{Lu}][\p{Lu}'’. -]{3,40}, )?(?:(?:was )?(?:re)?called (?:as a witness|by|for)\b|a witness (?:called|herein)|the witness herein|(?:after )?having been (?:first |previously |duly )*(?:sworn|affirmed))/u

/** What closes a document, on its last lines. */
export const closing =
  /^(?:the )?(?:end|ende|fin|fine(?!\.)|конец|完|终|終|以上|-\s?30\s?-)\.?$|^end of (?:transcript|transcription|recording|interview|tape|document)\.?$|^(?:this )?transcri(?:bed|pt|ption)(?: was)? (?:by|provided|created|generated|produced|edited)\b.{0,80}$|^\[?(?:DPB )?# ?\d{1,4}\]?$/iu

/** What heads the reporter's certificate that ends a record. */
export const certificate =
  /^(?:C ?E ?R ?T ?I ?F ?I ?C ?A ?T ?(?:E|I ?O ?N)(?: OF (?:\p{Lu}+ ){0,3}\p{Lu}+)?|(?:(?:COURT |OFFICIAL )?REPORTER|TRANSCRIBER|TRANSCRIPTIONIST|NOTARY)['’]?S?['’]? CERTIFICAT(?:E|ION)(?: PAGE)?|Certificate of (?:(?:Court |Official )?Reporter|Transcri\p{Ll}+|Transcription))$/u
