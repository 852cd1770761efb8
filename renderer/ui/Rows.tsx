import { type ReactNode, useEffect, useReducer, useRef } from 'react'

/** Pixels above and below the view for which rows are made too. */
const margin = 600

/** Rows that are all made, wherever the view is. */
const few = 100

interface Props {
  readonly count: number
  readonly rowAt: (index: number) => ReactNode
  /** Pixels that a row is likely to take; each is measured once it is there. */
  readonly likelyHeight: number
  /** A row that comes into view when it becomes another one. */
  readonly followed?: number | null
}

/** A list; of a long one only the rows around the view are made. It scrolls in the panel that it stands in. */
export function Rows({ count, rowAt, likelyHeight, followed = null }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const heights = useRef(new Map<number, number>())
  const view = useRef({ top: 0, height: 1200 })
  const shown = useRef(followed)
  const [, update] = useReducer((version: number) => version + 1, 0)

  useEffect(() => {
    const scroller = scrollerOf(list.current)
    if (!scroller) return
    const look = () => {
      const top = scroller.scrollTop - topIn(scroller, list.current)
      const { clientHeight: height } = scroller
      if (Math.abs(top - view.current.top) < margin / 3 && height === view.current.height) return
      view.current = { top, height }
      update()
    }
    const resized = new ResizeObserver(look)
    resized.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [])

  // Reading heights would lay the page out at once; an observer is told them when that is done anyway.
  const observer = useRef<ResizeObserver | null>(null)
  useEffect(() => {
    observer.current ??= new ResizeObserver((entries) => {
      let isNew = false
      for (const { target, borderBoxSize } of entries) {
        if (!target.isConnected || !(target instanceof HTMLElement)) continue
        const index = Number(target.dataset.row)
        const height = borderBoxSize[0]?.blockSize ?? likelyHeight
        if (heights.current.get(index) === height) continue
        heights.current.set(index, height)
        isNew = true
        if (index === shown.current) bringIntoView(target)
      }
      if (isNew) update()
    })
    for (const row of list.current?.children ?? []) observer.current.observe(row)
  })
  useEffect(
    () => () => {
      observer.current?.disconnect()
      observer.current = null
    },
    [],
  )

  const heightOf = (index: number) => heights.current.get(index) ?? likelyHeight
  useEffect(() => {
    const scroller = scrollerOf(list.current)
    shown.current = followed
    if (!scroller || followed === null || followed < 0) return
    let top = topIn(scroller, list.current)
    for (let index = 0; index < followed; index++) top += heights.current.get(index) ?? likelyHeight
    const bottom = top + (heights.current.get(followed) ?? likelyHeight)
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (bottom > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = bottom - scroller.clientHeight
  }, [followed, likelyHeight])

  const { top, height } = view.current
  const rows: ReactNode[] = []
  let before = 0
  let after = 0
  let offset = 0
  for (let index = 0; index < count; index++) {
    const own = heightOf(index)
    if (count > few && offset + own < top - margin) before += own
    else if (count > few && offset > top + height + margin) after += own
    else
      rows.push(
        <li key={index} data-row={index} aria-posinset={index + 1} aria-setsize={count}>
          {rowAt(index)}
        </li>,
      )
    offset += own
  }
  return (
    <ul ref={list} className="rows" style={{ paddingTop: before, paddingBottom: after }}>
      {rows}
    </ul>
  )
}

/** A row that grows because it was chosen stays in view as a whole. */
function bringIntoView(row: HTMLElement): void {
  const scroller = scrollerOf(row)?.getBoundingClientRect()
  const { top, bottom } = row.getBoundingClientRect()
  if (scroller && bottom > scroller.top && top < scroller.bottom) row.scrollIntoView({ block: 'nearest' })
}

function scrollerOf(list: HTMLElement | null): HTMLElement | null {
  return list?.closest<HTMLElement>('[role="tabpanel"]') ?? null
}

/** Pixels from the beginning of what scrolls to the list. */
function topIn(scroller: HTMLElement, list: HTMLElement | null): number {
  if (!list) return 0
  return list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
}
