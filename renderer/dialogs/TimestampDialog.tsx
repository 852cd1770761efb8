import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds, readClock, readTemplate } from '../../shared/formats/clock'
import { turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { writeTimestamps } from '../commands/edit'
import { changeSettings } from '../commands/view'
import { useMessages } from '../state/messages'
import { settingsStore } from '../state/settings'
import { notify } from '../state/view'
import { closeDialog, Frame } from './Frame'

/** How times are written before labels, with an example. */
export function TimestampDialog({ session }: { session: Session }) {
  const messages = useMessages()
  const words = messages.dialogs.timestamp
  const settings = useStore(settingsStore)
  const [template, setTemplate] = useState(settings.timestampTemplate)
  const [offset, setOffset] = useState(
    formatClock({ ...hoursMinutesSeconds, hourDigits: 1 }, settings.timestampOffset),
  )
  const [only, setOnly] = useState(settings.timestampOnly)
  const shape = readTemplate(template)
  const seconds = readClock(offset)
  const starts = turnTimesOf(session).flatMap(({ start }) => (start === null ? [] : [start]))
  const isUsable = shape.ok && seconds !== null && starts.length > 0
  return (
    <Frame title={words.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isUsable) return
          changeSettings({ timestampTemplate: template, timestampOffset: seconds, timestampOnly: only })
          writeTimestamps()
          closeDialog()
          notify({ tone: 'success', title: messages.notices.timestamped })
        }}
      >
        <label className="field">
          <span className="field-label">{words.template}</span>
          <input
            // biome-ignore lint/a11y/noAutofocus: the dialog's first field
            autoFocus
            list="timestamp-templates"
            value={template}
            onChange={(event) => setTemplate(event.target.value)}
          />
          <datalist id="timestamp-templates">
            {['[HH:MM:SS]', '(hh:mm:ss.t)', '[H:MM:SS]', '(MM:SS)', 'HH:MM:SS'].map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
          {shape.ok ? (
            <small>
              {words.example} {formatClock(shape.value, starts[1] ?? starts[0] ?? 754.3, seconds ?? 0)}
            </small>
          ) : (
            <small className="field-error">{words.bad}</small>
          )}
        </label>
        <label className="field">
          <span className="field-label">{words.offset}</span>
          <input value={offset} onChange={(event) => setOffset(event.target.value)} />
          {seconds === null ? (
            <small className="field-error">{messages.dialogs.typeTime.bad}</small>
          ) : (
            <small>{words.offsetHint}</small>
          )}
        </label>
        <label className="field">
          <span className="field-label">{words.where}</span>
          <select
            value={only}
            onChange={(event) => setOnly(event.target.value === 'changes' ? 'changes' : 'all')}
          >
            <option value="all">{words.all}</option>
            <option value="changes">{words.changes}</option>
          </select>
        </label>
        {starts.length === 0 && <small className="field-error">{messages.notices.noTimes}</small>}
        <div className="dialog-actions">
          <Button className="chip" onPress={closeDialog}>
            {messages.dialogs.cancel}
          </Button>
          <Button className="primary" type="submit" isDisabled={!isUsable}>
            {words.write}
          </Button>
        </div>
      </form>
    </Frame>
  )
}
