import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { changeSettings } from '../commands/view'
import { useMessages } from '../state/messages'
import { type Settings, settingsStore } from '../state/settings'
import { closeDialog, Frame } from './Frame'

/** Everything that can be set; changes hold at once. */
export function SettingsDialog() {
  const messages = useMessages()
  const words = messages.dialogs.settings
  const settings = useStore(settingsStore)
  return (
    <Frame title={words.title}>
      <div className="dialog-fields">
        <label className="field">
          <span className="field-label">{words.language}</span>
          <select
            value={settings.language}
            onChange={(event) => changeSettings({ language: event.target.value as Settings['language'] })}
          >
            <option value="en">English</option>
            <option value="zh">中文</option>
          </select>
        </label>
        <label className="field">
          <span className="field-label">{words.theme}</span>
          <select
            value={settings.theme}
            onChange={(event) => changeSettings({ theme: event.target.value as Settings['theme'] })}
          >
            <option value="system">{words.system}</option>
            <option value="light">{words.light}</option>
            <option value="dark">{words.dark}</option>
          </select>
        </label>
        <NumberField
          label={words.rewind}
          value={settings.rewindOnResume}
          min={0}
          max={30}
          step={0.5}
          take={(rewindOnResume) => changeSettings({ rewindOnResume })}
        />
        <NumberField
          label={words.textSize}
          value={settings.textSize}
          min={10}
          max={32}
          step={1}
          take={(textSize) => changeSettings({ textSize })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={settings.isScrubbing}
            onChange={(event) => changeSettings({ isScrubbing: event.target.checked })}
          />
          {words.scrubbing}
        </label>
        <label className="field">
          <span className="field-label">{words.inaudibleWords}</span>
          <input
            defaultValue={settings.inaudibleWords.join(', ')}
            onChange={(event) =>
              changeSettings({
                inaudibleWords: event.target.value
                  .split(/[,，、]/u)
                  .map((word) => word.trim().slice(0, 60))
                  .filter(Boolean)
                  .slice(0, 200),
              })
            }
          />
          <small>{words.inaudibleHint}</small>
        </label>
      </div>
      <div className="dialog-actions">
        <Button className="primary" onPress={closeDialog}>
          {messages.dialogs.close}
        </Button>
      </div>
    </Frame>
  )
}

function NumberField({
  label,
  value,
  min,
  max,
  step,
  take,
}: {
  label: string
  value: number
  min: number
  max: number
  step: number
  take: (value: number) => void
}) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={(event) => {
          const typed = event.target.valueAsNumber
          if (typed >= min && typed <= max) take(typed)
        }}
      />
    </label>
  )
}
