import { messages } from '../state/messages'
import { dismissNotice, type Notice, notify } from '../state/view'

/** Milliseconds after which a disk counts as one that does not answer. */
const patience = 5000

/** Waits for a file; when its disk does not answer the user is told until it does.
 *  @param stalled called when that begins */
export async function withPatience<T>(
  name: string,
  job: Promise<T>,
  { actions = [], stalled = () => undefined }: { actions?: Notice['actions']; stalled?: () => void } = {},
): Promise<T> {
  let notice: number | null = null
  const timer = setTimeout(() => {
    const { waiting: title, waitingWhy: explanation } = messages().notices
    notice = notify({ tone: 'warning', title: title(name), explanation, isSticky: true, actions })
    stalled()
  }, patience)
  try {
    return await job
  } finally {
    clearTimeout(timer)
    if (notice !== null) dismissNotice(notice)
  }
}
