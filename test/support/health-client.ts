import { type Client, credentials, makeGenericClientConstructor, type ServiceError } from '@grpc/grpc-js'
import {
  type HealthCheckRequest,
  type HealthCheckResponse,
  type HealthListResponse,
  loadHealthService,
} from '../../src/shared/wire/index.js'

type Unary<Answer> = (request: object, told: (error: ServiceError | null, answer: Answer) => void) => void
interface Methods extends Client {
  Check: Unary<HealthCheckResponse>
  List: Unary<HealthListResponse>
  Watch(request: HealthCheckRequest): NodeJS.EventEmitter & { cancel(): void }
}

export interface Watching {
  /** Every status so far. */
  readonly told: readonly string[]
  /** The code at the end. */
  readonly ended: Promise<number>
  cancel(): void
}

/** A probe that speaks gRPC's health protocol. */
export class HealthClient implements Disposable {
  readonly #clients: Methods[] = []
  readonly #endpoint: string

  constructor(endpoint: string) {
    this.#endpoint = endpoint
  }

  /** The status, or code and text of the error. */
  check(service?: string): Promise<string> {
    return new Promise((done) =>
      this.#connect().Check(service === undefined ? {} : { service }, (error, answer) =>
        done(error ? `${error.code} ${error.details}` : String(answer.status)),
      ),
    )
  }

  list(): Promise<Record<string, string>> {
    return new Promise((done, fail) =>
      this.#connect().List({}, (error, answer) => {
        if (error) return fail(error)
        const { statuses = {} } = answer
        done(Object.fromEntries(Object.entries(statuses).map(([name, { status }]) => [name, String(status)])))
      }),
    )
  }

  watch(service = ''): Watching {
    const told: string[] = []
    const call = this.#connect().Watch({ service })
    call.on('data', ({ status: now }: HealthCheckResponse) => told.push(String(now)))
    const ended = new Promise<number>((done) => call.on('error', ({ code }: ServiceError) => done(code)))
    return { told, ended, cancel: () => call.cancel() }
  }

  [Symbol.dispose](): void {
    for (const each of this.#clients) each.close()
  }

  /** Each question goes over a connection of its own, as those of many probes do. */
  #connect(): Methods {
    const Service = makeGenericClientConstructor(loadHealthService().service, 'Health')
    const options = { 'grpc.use_local_subchannel_pool': 1 }
    const client = new Service(this.#endpoint, credentials.createInsecure(), options) as unknown as Methods
    this.#clients.push(client)
    return client
  }
}
