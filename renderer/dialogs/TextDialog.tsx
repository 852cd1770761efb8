import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useMessages } from '../state/messages'
import { closeDialog, Frame } from './Frame'

/** Asks for one line of text. Enter takes it. */
export function TextDialog({
  title,
  label,
  action,
  initial,
  hint,
  suggestions = [],
  problem,
  take,
}: {
  title: string
  label: string
  action: string
  initial: string
  hint?: string | undefined
  suggestions?: readonly string[]
  /** What is wrong with a text; `null` when it can be taken. */
  problem?: (text: string) => string | null
  take: (text: string) => void
}) {
  const { cancel } = useMessages().dialogs
  const [text, setText] = useState(initial)
  const id = useId()
  const wrong = problem?.(text) ?? null
  return (
    <Frame title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong !== null) return
          closeDialog()
          take(text)
        }}
      >
        <div className="field">
          <label htmlFor={id}>{label}</label>
          <input
            id={id}
            // biome-ignore lint/a11y/noAutofocus: the dialog is there for this one field
            autoFocus
            list={`${id}-list`}
            value={text}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
          />
          <datalist id={`${id}-list`}>
            {suggestions.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {wrong !== null ? <small className="field-error">{wrong}</small> : hint && <small>{hint}</small>}
        </div>
        <div className="dialog-actions">
          <Button className="chip" onPress={closeDialog}>
            {cancel}
          </Button>
          <Button className="primary" type="submit" isDisabled={wrong !== null}>
            {action}
          </Button>
        </div>
      </form>
    </Frame>
  )
}
