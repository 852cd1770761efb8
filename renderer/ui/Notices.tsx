import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { useMessages } from '../state/messages'
import { dismissNotice, type Notice, viewStore } from '../state/view'

/** Milliseconds that a message stays which is not sticky. */
const stay = 6000
const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const

/** Messages that do not interrupt. */
export function Notices() {
  const notices = useStore(viewStore, (view) => view.notices)
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <Entry key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function Entry({ notice }: { notice: Notice }) {
  const words = useMessages().notices
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (notice.isSticky || isHeld) return
    const timer = setTimeout(() => dismissNotice(notice.id), stay)
    return () => clearTimeout(timer)
  }, [notice, isHeld])
  const Icon = icons[notice.tone]
  return (
    <div
      className={`notice is-${notice.tone}`}
      data-testid="notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} />
      <b>{notice.title}</b>
      <Button className="quiet" aria-label={words.dismiss} onPress={() => dismissNotice(notice.id)}>
        <X size={14} />
      </Button>
      {notice.explanation !== null && <p>{notice.explanation}</p>}
      {notice.actions.length > 0 && (
        <div className="notice-actions">
          {notice.actions.map(({ label, run }) => (
            <Button
              key={label}
              className="chip"
              onPress={() => {
                dismissNotice(notice.id)
                run()
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
