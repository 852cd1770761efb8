import { spellNumber } from '../text/numerals'

/** What two texts are compared by: a word without case, accents and punctuation; a character where words are not apart. */
export interface Token {
  readonly key: string
  /** Index of the word that it is of. */
  readonly word: number
  /** Its place in the word, shares of its length, 0–1. */
  readonly from: number
  readonly to: number
}

const single =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu

/** Letters that differ in writing more than in what a recogniser hears. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ς: 'σ',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  两: '二',
  兩: '二',
  〇: '零',
  她: '他',
  它: '他',
}

// Recognisers write either way. The characters that are met most often in speech, traditional and simplified.
const traditional =
  '这這个個们們说說时時国國来來对對会會学學发發现現过過还還后後开開关關问問题題点點没沒样樣经經长長为為两兩从從实實应應当當动動进進种種无無业業产產员員议議论論决決计計划劃网網络絡电電话話语語讲講谢謝请請让讓认認识識见見觉覺观觀视視听聽买買卖賣书書车車边邊间間门門风風飞飛马馬鱼魚鸟鳥龙龍东東乐樂义義习習乡鄉争爭亚亞云雲亿億仅僅价價众眾优優伤傷传傳体體余餘儿兒兴興养養内內军軍农農写寫准準减減几幾击擊则則创創别別办辦务務劳勞势勢区區医醫华華协協单單卫衛历歷压壓厅廳厂廠双雙变變号號启啟吗嗎响響团團围圍图圖圆圓场場块塊坏壞处處备備头頭奖獎妇婦宝寶审審导導层層岁歲师師带帶帮幫广廣库庫张張强強归歸录錄总總态態惯慣战戰户戶报報担擔择擇损損换換据據数數断斷旧舊显顯机機权權条條极極构構标標树樹档檔检檢欢歡气氣汉漢汇匯济濟测測满滿灯燈灵靈热熱爱愛状狀独獨环環画畫疗療监監盘盤着著确確码碼础礎离離积積稳穩穷窮竞競笔筆签簽简簡类類紧緊红紅约約级級纪紀纳納纸紙线線组組细細织織结結给給统統继繼绩績续續维維绿綠编編缩縮罗羅罚罰职職联聯脑腦节節范範药藥获獲虑慮虽雖补補装裝规規订訂讨討训訓记記许許设設访訪证證评評词詞试試诉訴调調读讀谁誰谈談负負财財责責败敗货貨质質费費资資赛賽赢贏轻輕较較输輸达達运運选選遗遺邮郵邻鄰释釋里裡针針钟鐘钱錢错錯键鍵镇鎮闭閉阳陽阶階际際陆陸险險随隨难難静靜须須顾顧顿頓预預领領频頻颜顏馆館验驗齐齊'
const simplified = new Map<string, string>()
for (let k = 0; k + 1 < traditional.length; k += 2)
  simplified.set(traditional[k + 1] as string, traditional[k] as string)

/** Cuts words into what is compared. A number is spelled out as it is said; a word in parts (`e-mail`) is its parts.
 *  @param language of the words, ISO 639 or an espeak-ng voice */
export function tokensOf(words: readonly string[], language: string): Token[] {
  const tokens: Token[] = []
  for (const [index, word] of words.entries()) {
    const keys = keysOf(word, language, words[index + 1] ?? '')
    for (const [k, key] of keys.entries())
      tokens.push({ key, word: index, from: k / keys.length, to: (k + 1) / keys.length })
  }
  return tokens
}

function keysOf(word: string, language: string, next: string): string[] {
  const plain = word
    .normalize('NFKC')
    .replace(/(?<=\d)[,.\u00a0\u202f'’ ](?=\d{3}(?!\d))/gu, '')
    .replace(/%/gu, percent[language.split('-')[0] as string] ?? '')
  const keys: string[] = []
  for (const [piece] of plain.matchAll(/\d+|[^\d\s\p{Pd}/&+:.…]+|\./gu)) {
    if (/^\d/u.test(piece)) {
      const isYear = /^\d{4}$/u.test(piece) && (plain.includes(`${piece}年`) || next.startsWith('年'))
      for (const spelled of spellNumber(piece, language, isYear).split(/[\s-]/u)) add(spelled)
    } else if (piece !== '.') add(piece)
  }
  // Letters apart by points are one abbreviation: U.S. is us.
  return keys.length > 1 && /^(?:\p{L}\.)+\p{L}?\.?$/u.test(plain) ? [keys.join('')] : keys

  function add(piece: string) {
    let run = ''
    for (const character of folded(piece)) {
      if (!single.test(character)) {
        run += character
        continue
      }
      if (run !== '') keys.push(run)
      run = ''
      keys.push(simplified.get(character) ?? character)
    }
    if (run !== '') keys.push(run)
  }
}

const percent: Readonly<Record<string, string>> = {
  en: ' percent',
  fr: ' pour cent',
  de: ' prozent',
  es: ' por ciento',
}

function folded(text: string): string {
  let result = ''
  for (const character of text.toLowerCase().normalize('NFD').replace(accents, '').normalize('NFC'))
    if (/[\p{L}\p{N}]/u.test(character)) result += alike[character] ?? character
  return result
}
