import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { viewStore } from '../state/view'
import './dialogs.css'

export function closeDialog(): void {
  viewStore.setState({ dialog: null })
}

/** A window over the window. Escape and a click beside it close it; the focus goes back where it was. */
export function Frame({
  title,
  isWide = false,
  className = '',
  onClose = closeDialog,
  children,
}: {
  title?: string
  isWide?: boolean
  className?: string
  onClose?: () => void
  children: ReactNode
}) {
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal>
        <Dialog
          className={`dialog ${isWide ? 'is-wide' : ''} ${className}`}
          {...(title === undefined ? { 'aria-label': className } : {})}
        >
          {title !== undefined && <Heading slot="title">{title}</Heading>}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
