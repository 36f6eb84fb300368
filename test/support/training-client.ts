import { Client, credentials, type MethodDefinition, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { addressOfKey, signMessage, trainingMessage } from '../../src/ethereum/index.js'
import type { Address } from '../../src/shared/units.js'
import { loadTrainingDaemon, type TrainingAuthorization } from '../../src/shared/wire/index.js'

export interface TrainingAnswer {
  readonly code: number
  readonly details: string
  readonly message: Readonly<Record<string, unknown>>
}

export interface TrainingCall {
  readonly headers?: Readonly<Record<string, string | Buffer>>
  readonly signal?: AbortSignal
}

export interface UploadCall extends TrainingCall {
  readonly isOpen?: boolean
}

/** Somebody with a key who asks about models. */
export class TrainingClient implements Disposable {
  readonly address: Address
  readonly #key: Uint8Array
  readonly #client: Client

  /** @param key its bytes, or the one of which it has 32 */
  constructor({ host, port }: { host: string; port: number }, key: number | Uint8Array) {
    this.#key = typeof key === 'number' ? new Uint8Array(32).fill(key) : key
    this.address = addressOfKey(this.#key)
    this.#client = new Client(`${host}:${port}`, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 })
  }

  signed(message: string, block: bigint, changes: TrainingAuthorization = {}): TrainingAuthorization {
    const signature = signMessage(this.#key, trainingMessage(message, this.address, block))
    return { message, signature, signer_address: this.address, current_block: String(block), ...changes }
  }

  /** One call of a method that takes one message; never rejects. */
  ask(name: string, request: object, { headers = {} }: TrainingCall = {}): Promise<TrainingAnswer> {
    const { path, requestSerialize, responseDeserialize } = methodOf(name)
    return new Promise((done) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadataOf(headers),
        (error, message) => done(answerOf(error, message)),
      )
    })
  }

  /** The parts of an upload, taken no faster than the daemon takes them, and their end unless it is left open; never rejects. */
  upload(
    parts: Iterable<object> | AsyncIterable<object>,
    { headers = {}, signal, isOpen }: UploadCall = {},
  ): Promise<TrainingAnswer> {
    const { path, requestSerialize, responseDeserialize } = methodOf('upload_and_validate')
    return new Promise((done) => {
      const call = this.#client.makeClientStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        metadataOf(headers),
        (error, message) => done(answerOf(error, message)),
      )
      signal?.addEventListener('abort', () => call.cancel())
      const pump = async (): Promise<void> => {
        for await (const part of parts) if (!call.write(part)) await new Promise((done) => call.once('drain', done))
        if (!isOpen) call.end()
      }
      void pump()
    })
  }

  [Symbol.dispose](): void {
    this.#client.close()
  }
}

const service = loadTrainingDaemon().service
const methodOf = (name: string): MethodDefinition<object, object> =>
  service[name] as unknown as MethodDefinition<object, object>

function metadataOf(headers: Readonly<Record<string, string | Buffer>>): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value)
  return metadata
}

const answerOf = (error: ServiceError | null, message: object | undefined): TrainingAnswer =>
  error
    ? { code: error.code, details: error.details, message: {} }
    : { code: status.OK, details: '', message: message as TrainingAnswer['message'] }
