import { useStore } from 'zustand'
import { changeSettings } from '../commands/view'
import { useMessages } from '../state/messages'
import { settingsStore } from '../state/settings'

/** How subtitles are written: format, width of a line, names. */
export function SubtitleOptions() {
  const words = useMessages().panels
  const { subtitleFormat, subtitleColumns, hasSpeakerNames } = useStore(settingsStore)
  return (
    <>
      <label className="field">
        <span className="field-label">{words.format}</span>
        <select
          value={subtitleFormat}
          onChange={(event) =>
            changeSettings({ subtitleFormat: event.target.value === 'vtt' ? 'vtt' : 'srt' })
          }
        >
          <option value="srt">SubRip (.srt)</option>
          <option value="vtt">WebVTT (.vtt)</option>
        </select>
      </label>
      <label className="field">
        <span className="field-label">{words.columns}</span>
        <input
          type="number"
          min={16}
          max={80}
          value={subtitleColumns}
          onChange={(event) => {
            const columns = Math.round(Number(event.target.value))
            if (columns >= 16 && columns <= 80) changeSettings({ subtitleColumns: columns })
          }}
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={hasSpeakerNames}
          onChange={(event) => changeSettings({ hasSpeakerNames: event.target.checked })}
        />
        {words.speakerNames}
      </label>
    </>
  )
}
