import { openEspeak } from '../../shared/alignment/voice/openEspeak'
import { type ReadingJob, type ReadingMessage, readAloud } from '../../shared/alignment/voice/readAloud'

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<ReadingJob>) => void) | null
  postMessage(message: ReadingMessage, handedOver: Transferable[]): void
}

scope.onmessage = ({ data }) =>
  void readAloud(data, openEspeak, (message, handedOver) => scope.postMessage(message, handedOver))
