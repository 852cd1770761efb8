const words =
  'the council has heard from residents about bus stops and parking on the corner where new trees were planted last spring and we shall vote on it again next week with care'.split(
    ' ',
  )

/** Made-up speech of forty speakers, the same in every run; one passage in twenty turns is inaudible. */
export function longTranscript(turns: number, characters: number): string {
  let seed = 7
  const next = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return (seed >>> 8) % below
  }
  const sentence = () => {
    const said = Array.from({ length: 6 + next(12) }, () => words[next(words.length)]).join(' ')
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
  }
  const names = Array.from({ length: 40 }, (_, index) => {
    const letter = (at: number) => String.fromCharCode(65 + (at % 26))
    return `${letter(index)}${letter(index * 7 + 3)}A ${letter(index * 5 + 1)}O${letter(index * 11)}ER`
  })
  return Array.from({ length: turns }, (_, turn) => {
    let said = ''
    while (said.length < characters / turns - 16) said += `${said === '' ? '' : ' '}${sentence()}`
    return `${names[next(names.length)]}: ${said}${turn % 20 === 5 ? ' [inaudible]' : ''}\n\n`
  }).join('')
}

/** The same on one line, with arrows where the labels were. */
export function oneLine(turns: number, characters: number): string {
  return `>> ${longTranscript(turns, characters).replace(/\n+[A-Z ]+: /gu, ' >> ')}`
}
