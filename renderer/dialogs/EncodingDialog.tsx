import { useState } from 'react'
import { Button } from 'react-aria-components'
import { openText } from '../../shared/formats/text'
import { type Encoding, encodings } from '../../shared/transcript/codecs'
import { reopen } from '../commands/open'
import { useMessages } from '../state/messages'
import type { OpenDocument } from '../state/session'
import { closeDialog, Frame } from './Frame'

/** Bytes that the preview reads. */
const previewed = 4000

/** A wrong guess of the encoding put right, with a look at the text under it. */
export function EncodingDialog({ document }: { document: OpenDocument }) {
  const messages = useMessages()
  const words = messages.dialogs.encoding
  const [encoding, setEncoding] = useState<Encoding>(document.opened.encoding)
  const preview = openText(document.opened.bytes.subarray(0, previewed), { encoding })
  return (
    <Frame title={words.title} isWide>
      <div className="dialog-fields">
        <select
          className="select"
          aria-label={words.title}
          value={encoding}
          onChange={(event) => setEncoding(event.target.value as Encoding)}
        >
          {encodings.map((name) => (
            <option key={name} value={name}>
              {name.toUpperCase()}
            </option>
          ))}
        </select>
        <span className="field-label">{words.preview}</span>
        <pre className="details">{preview.ok ? preview.value.doc.slice(0, 600) : ''}</pre>
      </div>
      <div className="dialog-actions">
        <Button className="chip" onPress={closeDialog}>
          {messages.dialogs.cancel}
        </Button>
        <Button
          className="primary"
          onPress={() => {
            closeDialog()
            void reopen(encoding)
          }}
        >
          {words.apply}
        </Button>
      </div>
    </Frame>
  )
}
