/** In the page: the share of the overview's width where more than the line of silence is painted, in hundredths. */
export function overviewShown(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('.overview')
  const context = canvas?.getContext('2d')
  if (!canvas || !context || canvas.width === 0) return 0
  const { data, width, height } = context.getImageData(0, 0, canvas.width, Math.min(canvas.height, 34))
  const panel = getComputedStyle(document.documentElement).getPropertyValue('--panel').trim()
  const background = [1, 3, 5].map((at) => Number.parseInt(panel.slice(at, at + 2), 16))
  const isPainted = (at: number) =>
    (data[at + 3] as number) > 0 &&
    background.some((value, part) => Math.abs((data[at + part] as number) - value) > 8)
  const shown = new Set<number>()
  for (let x = 0; x < width; x++) {
    let filled = 0
    for (let y = 0; y < height; y++) if (isPainted((y * width + x) * 4)) filled++
    if (filled > 3) shown.add(Math.floor((x / width) * 100))
  }
  return shown.size
}
