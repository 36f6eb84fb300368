import { Server, ServerCredentials, type ServiceDefinition, status } from '@grpc/grpc-js'
import type { TlsPair } from '../../src/shared/tls-files.js'
import { loadTrainingModel, type UploadInput } from '../../src/shared/wire/index.js'

/** What a method does in place of its work: nothing, an error of its own, or an answer of these bytes. */
export type Misbehaviour = 'hang' | 'fail' | Buffer

interface UnaryCall {
  readonly request: Record<string, unknown>
  on(event: 'cancelled', listener: () => void): void
}

interface UploadCall extends NodeJS.ReadableStream {
  on(event: 'cancelled' | 'end', listener: () => void): this
  on(event: 'data', listener: (part: UploadInput) => void): this
}

type Answer = (fault: object | null, value?: unknown) => void

/** A service that trains models: it keeps none, remembers what it was asked, and answers as the test wants. */
export class ModelService implements AsyncDisposable {
  readonly asked: { readonly method: string; readonly request: Record<string, unknown> }[] = []
  misbehave: Record<string, Misbehaviour> = {}
  /** By model; what is not there costs as much as `price`. */
  readonly trainingPrices = new Map<string, bigint>()
  price = 7n
  /** What it tells of a model it is asked about. */
  status: string = 'TRAINING'
  readonly uploaded = { parts: 0, bytes: 0, ended: 0 }
  /** Calls that were left without an answer. */
  hanging = 0
  /** Those of them, and of uploads, that were taken back. */
  cancelled = 0
  /** Takes nothing of uploads until it is false. */
  isSlow = false
  readonly #uploads = new Set<UploadCall>()
  /** Those whose last part has come. */
  readonly #whole = new WeakSet<UploadCall>()
  #models = 0
  #server: Server | undefined
  url = new URL('http://127.0.0.1:1')

  /** @param tls what it shows where it speaks TLS, for localhost */
  static async start(tls?: TlsPair): Promise<ModelService> {
    const service = new ModelService()
    await service.#listen(tls)
    return service
  }

  /** Reads on in uploads that were left. */
  goOn(): void {
    this.isSlow = false
    for (const upload of this.#uploads) this.#read(upload)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.forceShutdown()
  }

  async #listen(tls: TlsPair | undefined): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': -1 })
    const own = (method: string, answer: (request: Record<string, unknown>) => object) => [
      method,
      this.#unary(method, answer),
    ]
    const state = (): object => ({ status: this.status })
    const price = ({ model_id: id }: Record<string, unknown>): object => ({
      price: String(this.trainingPrices.get(id as string) ?? this.price),
    })
    server.addService(withRawAnswers(loadTrainingModel().service), {
      ...Object.fromEntries([
        own('create_model', () => ({ model_id: `m${++this.#models}` })),
        own('validate_model_price', () => ({ price: String(this.price) })),
        own('validate_model', () => ({ status: 'VALIDATING' })),
        own('train_model_price', price),
        own('train_model', () => ({ status: 'TRAINING' })),
        own('delete_model', () => ({ status: 'DELETED' })),
        own('get_model_status', state),
      ]),
      upload_and_validate: (call: UploadCall, answer: Answer) => this.#upload(call, answer),
    })
    const port = await new Promise<number>((done, fail) =>
      server.bindAsync('127.0.0.1:0', credentialsOf(tls), (error, bound) => (error ? fail(error) : done(bound))),
    )
    this.#server = server
    this.url = new URL(tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`)
  }

  #unary(method: string, answer: (request: Record<string, unknown>) => object) {
    return (call: UnaryCall, reply: Answer): void => {
      this.asked.push({ method, request: call.request })
      if (this.misbehave[method] === 'hang') {
        this.hanging++
        call.on('cancelled', () => this.cancelled++)
      }
      if (!this.#misbehaves(method, reply)) reply(null, answer(call.request))
    }
  }

  #upload(call: UploadCall, reply: Answer): void {
    this.asked.push({ method: 'upload_and_validate', request: {} })
    if (this.#misbehaves('upload_and_validate', reply)) return void call.resume()
    const leave = (): boolean => this.#uploads.delete(call)
    call.on('cancelled', () => leave() && this.cancelled++)
    // The library says of an upload that was taken back that it has ended: whether it is whole, its parts tell.
    call.on('end', () => {
      if (!leave()) return
      if (this.#whole.has(call)) {
        this.uploaded.ended++
        reply(null, { status: 'VALIDATING' })
      } else this.cancelled++
    })
    this.#uploads.add(call)
    if (!this.isSlow) this.#read(call)
  }

  #read(call: UploadCall): void {
    call.on('data', ({ data = new Uint8Array(), batch_number: number, batch_count: count }) => {
      if (number === count) this.#whole.add(call)
      this.uploaded.parts++
      this.uploaded.bytes += data.length
    })
  }

  #misbehaves(method: string, reply: Answer): boolean {
    const how = this.misbehave[method]
    if (how === 'fail') reply({ code: status.INVALID_ARGUMENT, details: 'no: 100 % ✓' })
    else if (how !== undefined && how !== 'hang') reply(null, how)
    return how !== undefined
  }
}

const credentialsOf = (tls: TlsPair | undefined): ServerCredentials =>
  tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.cert, private_key: tls.key }])
    : ServerCredentials.createInsecure()

/** Answers that are bytes already go out as they are. */
const withRawAnswers = (definition: ServiceDefinition): ServiceDefinition =>
  Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      {
        ...method,
        responseSerialize: (value: unknown) => (Buffer.isBuffer(value) ? value : method.responseSerialize(value)),
      },
    ]),
  )
