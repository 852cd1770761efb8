import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components'

/** Tells what a control does and which keys do the same. */
export function Hint({
  text,
  keys = [],
  children,
}: {
  text: string
  keys?: readonly string[]
  children: ReactElement
}) {
  return (
    <TooltipTrigger delay={600}>
      {children}
      <Tooltip className="hint" offset={6}>
        {text}
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </Tooltip>
    </TooltipTrigger>
  )
}
