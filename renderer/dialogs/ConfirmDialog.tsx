import { Button } from 'react-aria-components'
import type { Dialog } from '../state/view'
import { Frame } from './Frame'

/** A question with named answers. */
export function ConfirmDialog({ dialog }: { dialog: Dialog & { kind: 'confirm' } }) {
  const { question, resolve } = dialog
  return (
    <Frame title={question.title} isWide={question.details !== undefined} onClose={() => resolve(null)}>
      <p className="dialog-explanation">{question.explanation}</p>
      {question.details !== undefined && <pre className="details">{question.details}</pre>}
      <div className="dialog-actions">
        {question.choices.map(({ id, label, kind }) => (
          <Button
            key={id}
            className={kind === 'plain' ? 'chip' : kind}
            autoFocus={kind === 'primary'}
            onPress={() => resolve(id)}
          >
            {label}
          </Button>
        ))}
      </div>
    </Frame>
  )
}
