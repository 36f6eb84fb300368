import { Client, type ClientDuplexStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'
import { SnetError } from '../errors.js'
import { fromCallError } from './service-errors.js'

export interface Connection extends Disposable {
  readonly client: Client
  /**
   * One call of any kind, in raw messages. The answers come as they arrive; an error status is thrown as a SnetError
   * after the last of them.
   */
  call(
    path: string,
    messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    extras: CallExtras,
  ): AsyncIterable<Buffer>
}

export interface CallExtras {
  /** Values of `-bin` names are bytes. */
  readonly headers: Readonly<Record<string, string | Uint8Array>>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** A gRPC connection to HOST:PORT, in cleartext or with TLS by the system's roots. */
export function openConnection(endpoint: string, { tls }: { tls: boolean }): Connection {
  const client = new Client(endpoint, tls ? credentials.createSsl() : credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  })
  return {
    client,
    call: (path, messages, extras) => callRaw(client, path, messages, extras),
    [Symbol.dispose]: () => client.close(),
  }
}

const asIs = (bytes: Buffer): Buffer => bytes

async function* callRaw(
  client: Client,
  path: string,
  messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { headers, timeoutMs, signal }: CallExtras,
): AsyncGenerator<Buffer> {
  const call = client.makeBidiStreamRequest(path, asIs, asIs, toMetadata(headers), { deadline: Date.now() + timeoutMs })
  const onAbort = (): void => call.cancel()
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })
  let refused: Error | undefined
  const sending = send(call, messages).catch((fault: unknown) => {
    refused = fault instanceof Error ? fault : new Error(String(fault))
    call.cancel()
  })
  try {
    for await (const message of call as AsyncIterable<Buffer>) yield message
  } catch (failed) {
    if (refused) throw refused
    if (signal?.aborted) throw new SnetError('cancelled', 'the call was cancelled')
    throw isServiceError(failed) ? fromCallError(failed) : failed
  } finally {
    signal?.removeEventListener('abort', onAbort)
    call.cancel()
    await sending
  }
}

/** Stops quietly when the call has ended: its status tells why. */
async function send(
  call: ClientDuplexStream<Buffer, Buffer>,
  messages: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  for await (const message of messages) {
    if (call.destroyed || call.writableEnded) return
    await new Promise<void>((done) => {
      call.once('close', done)
      call.write(Buffer.from(message), () => {
        call.off('close', done)
        done()
      })
    })
  }
  call.end()
}

const isServiceError = (thrown: unknown): thrown is ServiceError =>
  thrown instanceof Error && 'code' in thrown && 'details' in thrown

function toMetadata(headers: Readonly<Record<string, string | Uint8Array>>): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(headers))
    metadata.add(name, typeof value === 'string' ? value : Buffer.from(value))
  return metadata
}
