import type {
  handleClientStreamingCall,
  handleServerStreamingCall,
  ServerReadableStream,
  ServerWritableStream,
} from '@grpc/grpc-js'
import { batches } from '../../shared/batches.js'
import { SnetError } from '../../shared/errors.js'
import {
  type ExportStorageMessage,
  type ImportStorageMessage,
  type ImportStorageReplyMessage,
  type KeptStore,
  type StorageFaultsMessage,
  type StorageLinesMessage,
} from '../../shared/wire/index.js'
import { answerUnary, LINES_BATCH, statusOfFailure } from '../../shared/wire/grpc/index.js'
import type { Log } from '../observability/index.js'
import { sendAll } from './send-all.js'

/** What the command line asks of the store as a whole. */
export function storageControl(storeNow: () => KeptStore | undefined, log: Log) {
  const ExportStorage: handleServerStreamingCall<ExportStorageMessage, StorageLinesMessage> = (call) => {
    answerAll(call, 'ExportStorage', async function* () {
      const { skip_damaged: skipDamaged = false } = call.request
      const lines = requireStore(storeNow()).exportLines({ skipDamaged })
      for await (const batch of batches(lines, LINES_BATCH)) yield { lines: batch }
    })
  }
  const CheckStorage: handleServerStreamingCall<object, StorageFaultsMessage> = (call) => {
    answerAll(call, 'CheckStorage', async function* () {
      yield* requireStore(storeNow()).check()
    })
  }
  const ImportStorage: handleClientStreamingCall<ImportStorageMessage, ImportStorageReplyMessage> = (call, reply) => {
    answerUnary(importAll(call, storeNow), reply, 'ImportStorage', log)
  }
  const answerAll = <Answer>(
    call: ServerWritableStream<object, Answer>,
    name: string,
    answers: () => AsyncIterable<Answer>,
  ): void => {
    sendAll(call, answers()).catch((thrown: unknown) => {
      call.emit('error', statusOfFailure(thrown, name, log))
    })
  }
  return { ExportStorage, CheckStorage, ImportStorage }
}

async function importAll(
  call: ServerReadableStream<ImportStorageMessage, ImportStorageReplyMessage>,
  storeNow: () => KeptStore | undefined,
): Promise<ImportStorageReplyMessage> {
  const messages = call[Symbol.asyncIterator]() as AsyncIterator<ImportStorageMessage>
  const first = await messages.next()
  const { dry_run: dryRun = false, lines: before = [] } = first.done ? {} : first.value
  async function* lines(): AsyncGenerator<string> {
    yield* before
    for (let next = await messages.next(); !next.done; next = await messages.next()) yield* next.value.lines ?? []
  }
  return await requireStore(storeNow()).importLines(lines(), { dryRun })
}

function requireStore(store: KeptStore | undefined): KeptStore {
  if (store) return store
  throw new SnetError('wrong-state', 'the daemon has no payment store open', {
    hint: 'It starts or stops, or serves without payment: `snetd status` tells.',
  })
}
