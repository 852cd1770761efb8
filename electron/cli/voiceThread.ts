import { parentPort, workerData } from 'node:worker_threads'
import { openEspeak } from '../../shared/alignment/voice/openEspeak'
import { type ReadingJob, readAloud } from '../../shared/alignment/voice/readAloud'

void readAloud(workerData as ReadingJob, openEspeak, (message, handedOver) =>
  parentPort?.postMessage(message, handedOver),
)
