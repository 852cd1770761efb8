import type { KeyboardEvent, PointerEvent } from 'react'

/** A line between two parts that is dragged or moved by arrow keys.
 *  @param value present size in pixels of the part that it belongs to */
export function Divider({
  direction,
  value,
  least,
  most,
  sign,
  label,
  change,
}: {
  direction: 'horizontal' | 'vertical'
  value: number
  least: number
  most: number
  /** 1 when the part grows to the right or down. */
  sign: 1 | -1
  label: string
  change: (value: number) => void
}) {
  const limit = (wanted: number) => Math.max(least, Math.min(most, wanted))
  const at = (event: PointerEvent) => (direction === 'horizontal' ? event.clientY : event.clientX)
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget } = event
    currentTarget.setPointerCapture(event.pointerId)
    const start = at(event)
    const move = (next: globalThis.PointerEvent) =>
      change(limit(value + sign * ((direction === 'horizontal' ? next.clientY : next.clientX) - start)))
    const end = () => currentTarget.removeEventListener('pointermove', move)
    currentTarget.addEventListener('pointermove', move)
    currentTarget.addEventListener('lostpointercapture', end, { once: true })
  }
  const key = (event: KeyboardEvent) => {
    const step = { ArrowUp: -16, ArrowLeft: -16, ArrowDown: 16, ArrowRight: 16 }[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    change(limit(value + sign * step))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be focused
    <div
      role="separator"
      tabIndex={0}
      aria-orientation={direction}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      className={`divider is-${direction}`}
      onPointerDown={drag}
      onKeyDown={key}
    />
  )
}
