export const number = (value: number) => value.toLocaleString('zh-CN')
