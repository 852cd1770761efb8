import { parentPort, workerData } from 'node:worker_threads'
import { openEspeak } from '../../shared/alignment/openEspeak'
import { type ReadingJob, readAloud } from '../../shared/alignment/readAloud'

void readAloud(workerData as ReadingJob, openEspeak, (message, handedOver) =>
  parentPort?.postMessage(message, handedOver),
)
