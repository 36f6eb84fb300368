/** A program of its own, in a thread: batches of signatures come in, their signers go out. */
import { parentPort } from 'node:worker_threads'
import { selfTestSignatures } from '../signature.js'
import { answerBatch } from './batch.js'

// Thrown in here, it ends the thread before it has answered anything.
selfTestSignatures()
parentPort?.on('message', (batch: Uint8Array) => parentPort?.postMessage(answerBatch(batch)))
parentPort?.postMessage('ready')
