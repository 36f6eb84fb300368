import {
  type Client,
  type ClientReadableStream,
  type ClientWritableStream,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { onAbort } from '../../abort.js'
import { batches } from '../../batches.js'
import {
  type ExportStorageMessage,
  type ImportStorageMessage,
  type ImportStorageReplyMessage,
  loadControlService,
  type StorageFaultsMessage,
  type StorageLinesMessage,
} from '../control-service.js'
import type { KeptStore } from '../kept-store.js'

/** So many characters of lines go into a message. */
export const LINES_BATCH = 256 * 1024

/** Long lists take their time; a daemon that hangs is given up all the same. */
const TIMEOUT_MS = 3_600_000

/** The store of the daemon behind a control socket. */
export function storageClient(client: Client, translate: (failed: ServiceError) => Error): KeptStore {
  const stream = <Reply>(name: string, request: object): AsyncIterable<Reply> =>
    readStream(client, { name, translate }, request)
  return {
    async *exportLines({ skipDamaged }) {
      const request: ExportStorageMessage = { skip_damaged: skipDamaged }
      for await (const { lines = [] } of stream<StorageLinesMessage>('ExportStorage', request)) yield* lines
    },
    importLines: (lines, { dryRun }) => sendLines(client, lines, { dryRun, translate }),
    check: () => stream<StorageFaultsMessage>('CheckStorage', {}),
  }
}

interface Method<Reply> {
  readonly path: string
  readonly requestSerialize: (request: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Reply
}

const methodOf = <Reply>(name: string): Method<Reply> => loadControlService().service[name] as unknown as Method<Reply>

async function* readStream<Reply>(
  client: Client,
  { name, translate }: { readonly name: string; readonly translate: (failed: ServiceError) => Error },
  request: object,
): AsyncGenerator<Reply> {
  const { path, requestSerialize, responseDeserialize } = methodOf<Reply>(name)
  const options = { deadline: Date.now() + TIMEOUT_MS }
  const call: ClientReadableStream<Reply> = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    new Metadata(),
    options,
  )
  try {
    for await (const reply of call) yield reply as Reply
  } catch (failed) {
    throw translate(failed as ServiceError)
  } finally {
    call.cancel()
  }
}

/** What the daemon says is the answer, also where it says it before it has read all of them. */
async function sendLines(
  client: Client,
  lines: AsyncIterable<string>,
  { dryRun, translate }: { readonly dryRun: boolean; readonly translate: (failed: ServiceError) => Error },
): Promise<ImportStorageReplyMessage> {
  const { path, requestSerialize, responseDeserialize } = methodOf<ImportStorageReplyMessage>('ImportStorage')
  const over = new AbortController()
  let call!: ClientWritableStream<ImportStorageMessage>
  const answered = new Promise<ImportStorageReplyMessage>((done, fail) => {
    const answer = (failed: ServiceError | null, reply?: ImportStorageReplyMessage): void => {
      over.abort()
      if (failed) fail(translate(failed))
      else done(reply ?? {})
    }
    const options = { deadline: Date.now() + TIMEOUT_MS }
    call = client.makeClientStreamRequest(path, requestSerialize, responseDeserialize, new Metadata(), options, answer)
  })
  // It is waited for only once all is sent.
  answered.catch(() => undefined)
  try {
    for await (const batch of batches(lines, LINES_BATCH)) {
      if (over.signal.aborted) break
      const message: ImportStorageMessage = { dry_run: dryRun, lines: batch }
      if (!call.write(message)) await whenWritable(call, over.signal)
    }
    call.end()
  } catch (fault) {
    call.cancel()
    throw fault
  }
  return await answered
}

/** Or when the call is over. */
async function whenWritable(call: ClientWritableStream<ImportStorageMessage>, over: AbortSignal): Promise<void> {
  if (over.aborted) return
  await new Promise<void>((done) => {
    const waiting = onAbort(over, () => end())
    const end = (): void => {
      call.off('drain', end)
      waiting[Symbol.dispose]()
      done()
    }
    call.on('drain', end)
  })
}
