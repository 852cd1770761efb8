import { describe, expect, it } from 'vitest'
import { codecOf, type Encoding } from '../../../shared/transcript/codecs'
import { detectEncoding } from '../../../shared/transcript/encoding'

function encode(text: string, encoding: Encoding): Uint8Array {
  const codec = codecOf(encoding)
  return Uint8Array.from([...text].flatMap((character) => [...(codec.write(character) ?? [0x3f])]))
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
  ['windows-1256', 'الرئيس: السلام عليكم، نبدأ الجلسة الآن.\nأحمد: شكرا سيدي الرئيس، لدي سؤال.'],
]

describe('recognition', () => {
  it.each(texts)('knows %s: %s', (encoding, text) => {
    expect(detectEncoding(encode(text, encoding))).toEqual({ encoding, bomLength: 0 })
  })

  it.each(['utf-16le', 'utf-16be'] as const)('knows %s without a mark', (encoding) => {
    expect(detectEncoding(encode('ANA: Good evening.\nBO: 晚上好。\n', encoding)).encoding).toBe(encoding)
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
