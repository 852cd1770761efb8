import { describe, expect, it } from 'vitest'
import { asSaid } from '../../../../shared/alignment/text/asSaid'

const said = (text: string, language: string) =>
  asSaid(text, language)
    .map(([part]) => part)
    .join('')

describe('what people say for what is written', () => {
  it.each([
    ['en', 'on 2024-05-17, 17/05/2024 and 05/17/2024', 'on May 17, 2024, May 17, 2024 and May 17, 2024'],
    [
      'en',
      'it cost $1,200, £3.50, €5m or $2.4 billion',
      'it cost 1,200 $, 3 £ 50, 5 million € or 2.4 billion $',
    ],
    ['en', 'from 1984 to 1905, the 1990s', 'from 19 84 to 19 o 5, the 19 90s'],
    ['en', 'Henry VIII, Chapter III and World War II', 'Henry 8, Chapter 3 and World War 2'],
    [
      'en',
      'No. 5, i.e. flat #7; no. It won 3:1 at 14:30',
      'number 5, that is flat number 7; no. It won 3 1 at 14:30',
    ],
    ['en', 'call 555-0142 or 212-555-0142', 'call 5 5 5 0 1 4 2 or 2 1 2 5 5 5 0 1 4 2'],
    ['en', 'the BBC, NATO, IIX, I and 3.5%', 'the BBC, NATO, IIX, I and 3.5%'],
    [
      'de',
      'am 17.05.2024 z. B. Nr. 5 bzw. 12 m²',
      'am 17. Mai 2024 zum Beispiel Nummer 5 beziehungsweise 12 Quadratmeter',
    ],
    ['fr', 'le 17/05/2024, M. Dupont, n° 5, XIXe', 'le 17 mai 2024, monsieur Dupont, numéro 5, 19e'],
    ['es', 'el 17/05/2024 Felipe VI en EE. UU.', 'el 17 de mayo de 2024 Felipe 6 en Estados Unidos'],
    ['it', 'Vittorio Emanuele II al n. 5', 'Vittorio Emanuele II al numero 5'],
    ['ru', 'с 17.05.2024, т. е. 5 млн руб.', 'с 17 мая 2024, то есть 5 миллионов рублей'],
    ['es', 'a info@ejemplo.es o www.ejemplo.es.', 'a info@ejemplo punto es o www punto ejemplo punto es.'],
    ['cmn', '看www.example.org这个', '看www 点 example 点 org这个'],
    ['en', 'see www.example.org', 'see www.example.org'],
    ['ko', '3.5% 2024-05-17', '3점5퍼센트 2024년 5월 17일'],
    ['ja', '5月17日3.5%', '5ガツ17日3テン5パーセント'],
    ['cmn', '2024年5月17日和2024-05-17', '二零二四年五月十七日和二零二四年五月十七日'],
    ['cmn', '上涨3.5%，约1/3，14:30', '上涨百分之三点五，约三分之一，十四点三十分'],
    ['cmn', '3:1，-5℃，2-3次，1,250,000个', '三比一，零下五度，二到三次，一百二十五万个'],
    ['cmn', '¥99.8，500万，13812345678', '九十九点八元，五百万，一三八一二三四五六七八'],
    ['pt', 'R$ 25, US$ 3 e €3 milhões', '25 reais, US$ 3 e 3 milhões euros'],
    ['it', '€ 2,5 milioni, 40 km e 5 kg', '2,5 milioni euro, 40 chilometri e 5 chili'],
    ['it', 'chiami 0612345678 o 50', 'chiami 0 6 1 2 3 4 5 6 7 8 o 50'],
    ['pl', 'za 25 zł i 3 mln zł, 2,5 km', 'za 25 złotych i 3 mln złotych, 2,5 kilometrów'],
    ['tr', '₺25, 30 TL, %25', '25 lira, 30 lira, %25'],
    ['ja', '14:30に¥500と2.5km', '14ジ30フンに500エンと2テン5キロメートル'],
    ['ja', '300円です', '300エンです'],
    ['ja', '12kgです', '12キログラムです'],
    ['ko', '12kg입니다', '12킬로그램입니다'],
    ['ko', '14:30 $5만', '14시30분 5만달러'],
    ['ar', '$25 و 30%', '25 دولار و 30 بالمئة'],
    ['hi', '₹5 लाख और 10 किमी', '5 लाख रुपये और 10 किलोमीटर'],
    ['hi', 'नंबर 09812345678 है', 'नंबर 0 9 8 1 2 3 4 5 6 7 8 है'],
    ['pt', 'o km 5 fica longe', 'o km 5 fica longe'],
    ['ar', 'في 17/05/2024', 'في 17 مايو 2024'],
    ['en', 'on 45.13.2024', 'on 45.13.2024'],
    ['xx', 'on 5.3.2024', 'on 5.3.2024'],
  ])('%s: %s', (language, text, expected) => {
    expect(said(text, language)).toBe(expected)
  })

  it('each part belongs to the word for which it is said', () => {
    const text = 'It cost $2.4 billion.'
    const parts = asSaid(text, 'en')
    expect(parts.find(([part]) => part.startsWith('billion'))).toEqual(['billion $', text.indexOf('billion')])
    const offsets = parts.map(([, at]) => at)
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  })
})
