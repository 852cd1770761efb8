const plural = new Intl.PluralRules('en')
export const count = (number: number, one: string, other: string) =>
  `${number.toLocaleString('en')} ${plural.select(number) === 'one' ? one : other}`
