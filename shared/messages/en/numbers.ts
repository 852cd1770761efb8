const plural = new Intl.PluralRules('en')
export const count = (number: number, one: string, other: string) =>
  `${number.toLocaleString('en')} ${plural.select(number) === 'one' ? one : other}`
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
