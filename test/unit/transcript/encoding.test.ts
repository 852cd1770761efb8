import { describe, expect, it } from 'vitest'
import { codecOf, type Encoding } from '../../../shared/transcript/codecs'
import { detectEncoding } from '../../../shared/transcript/encoding'

function encode(text: string, encoding: Encoding): Uint8Array {
  const codec = codecOf(encoding)
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = codec.write(character)
      if (!bytes) throw new Error(`${character} is not in ${encoding}`)
      return [...bytes]
    }),
  )
}

const texts: readonly (readonly [Encoding, string])[] = [
  ['utf-8', '主席：谢谢大家。我们开始吧。'],
  ['gb18030', '主席：谢谢大家，我们开始吧。\n王明：我同意，请发言。今天的会议只有一个问题。'],
  ['gb18030', '主持人：大家好。\n嘉宾：你好，很高兴来到这里。'],
  ['big5', '主席：謝謝大家，我們開始吧。\n王明：我同意，請發言。今天的會議只有一個問題。'],
  ['shift_jis', '議長：ただいまから会議を開きます。\n山田：はい、よろしくお願いいたします。'],
  ['euc-kr', '의장: 지금부터 회의를 시작하겠습니다.\n김민수: 네, 감사합니다.'],
  ['windows-1251', 'ПРЕДСЕДАТЕЛЬ: Добрый день, начинаем заседание.\nИВАНОВ: Спасибо, у меня вопрос.'],
  [
    'windows-1252',
    'PRÉSIDENTE: Bonsoir à tous, la séance est ouverte.\nM. LEFÈVRE: Merci, j’ai une question à propos du théâtre.',
  ],
  ['windows-1252', 'Müller: Schönen guten Abend, größere Änderungen gibt es heute nicht.'],
  ['windows-1252', 'SEÑORA PEÑA: Buenas tardes, ¿podemos empezar? El año pasado no fue así.'],
  [
    'windows-1250',
    'PŘEDSEDA: Dobrý večer, zahajuji schůzi. Kdo chce vystoupit jako první?\nDVOŘÁKOVÁ: Děkuji, mám otázku ohledně mostu.',
  ],
  [
    'windows-1250',
    'PRZEWODNICZĄCY: Dzień dobry państwu, otwieram posiedzenie.\nŁUKASZ: Dziękuję, chciałbym zabrać głos w sprawie mostu.',
  ],
  [
    'windows-1250',
    'ELNÖK: Megnyitom az ülést, kérem a képviselőket.\nKOVÁCS: Köszönöm, miért nem költötték el a költségvetést?',
  ],
  ['windows-1250', 'Preşedintele: Deschid şedinţa. Aveţi întrebări?\nPopescu: Mulţumesc, aş vrea să ştiu.'],
  ['windows-1252', 'CHAIR: Good evening – welcome to “the hearing.”\nMS. REED: We’ve got three points…'],
  ['windows-1252', 'MME ROY : Bonsoir à tous.\nM. PETIT : Ça va.'],
  ['windows-1255', 'דוד כהן: ערב טוב לכולם, נתחיל את הישיבה.\nרות לוי: תודה רבה, יש לי שאלה.'],
  ['windows-1251', 'Ведущий: Добрый день.\nГость: Здравствуйте.'],
  ['koi8-r', 'Ведущий: Добрый день, начинаем.\nГость: Здравствуйте, спасибо за приглашение.'],
  ['shift_jis', '司会：始めます。\n田中：よろしくお願いします。'],
  ['windows-1256', 'الرئيس: السلام عليكم، نبدأ الجلسة الآن.\nأحمد: شكرا سيدي الرئيس، لدي سؤال.'],
]

describe('recognition', () => {
  it.each(texts)('knows %s: %s', (encoding, text) => {
    expect(detectEncoding(encode(text, encoding))).toEqual({ encoding, bomLength: 0 })
  })

  it.each(['utf-16le', 'utf-16be'] as const)('knows %s without a mark', (encoding) => {
    for (const text of [
      'ANA: Good evening.\nBO: 晚上好。\n',
      // The character for one has a zero byte, on the other side.
      '主席：一共有一项，一个一个来。\n委员：一样。\n',
      'ПРЕДСЕДАТЕЛЬ: Добрый день.\r\n',
      'الرئيس: أهلا وسهلا.\n',
    ])
      expect(detectEncoding(encode(text, encoding)).encoding).toBe(encoding)
  })

  it('tells a long text by what is not ASCII, wherever it stands', () => {
    const long = `${'ANA: plain words all the way.\n'.repeat(10_000)}BO: Schöne Grüße – „bis später“.\n`
    expect(detectEncoding(encode(long, 'windows-1252')).encoding).toBe('windows-1252')
    expect(detectEncoding(encode(long, 'utf-8')).encoding).toBe('utf-8')
  })

  it('reads the quotation marks and dashes of windows-1252 where the platform does not', () => {
    const step = { size: 0, text: '', isInvalid: false }
    const read = (byte: number) => {
      codecOf('windows-1252').read(Uint8Array.of(byte), 0, step)
      return step.text
    }
    expect([0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9c].map(read).join('')).toBe('€…‘’“”–—œ')
  })

  it.each([
    ['utf-8', 3],
    ['utf-16le', 2],
    ['utf-16be', 2],
  ] as const)('takes the byte order mark of %s', (encoding, bomLength) => {
    expect(detectEncoding(encode('\uFEFFANA: hello', encoding))).toEqual({ encoding, bomLength })
  })

  it('calls plain ASCII UTF-8', () => {
    expect(detectEncoding(encode('ANA: hello\n', 'utf-8')).encoding).toBe('utf-8')
  })
})
