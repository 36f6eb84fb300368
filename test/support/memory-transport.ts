import type { Call, CallServer, RequestSource } from '../../src/daemon/gateway/call.js'
import { HeaderList } from '../../src/daemon/gateway/header-list.js'
import { PREFIX_BYTES, withPrefix } from '../../src/daemon/gateway/messages.js'
import { type Answer, serveArrival } from '../../src/daemon/gateway/transport/index.js'
import { SnetError } from '../../src/shared/errors.js'
import { quietLog } from './quiet-log.js'

export interface MemoryCallOptions {
  readonly metadata?: Readonly<Record<string, string>>
  /** What the client asks for. */
  readonly timeoutMs?: number
  /** Bytes that the client takes before it has to read on. */
  readonly room?: number
}

/** A third way into the gate, without any socket. */
export class MemoryTransport {
  readonly #server: CallServer

  constructor(server: CallServer) {
    this.#server = server
  }

  open(method: string, { metadata = {}, timeoutMs, room = Infinity }: MemoryCallOptions = {}): MemoryCall {
    const call = new MemoryCall(room)
    const arrival = {
      method,
      metadata: new HeaderList(Object.entries(metadata).flat()),
      timeoutMs,
      connection: { cut: () => call.cancel() },
      request: call.request,
      whenGone: (listener: () => void) => void call.body.gone.then(listener),
      answer: (holdsBack: boolean, arrived: Pick<Call, 'abort'>) => {
        call.body.holdsBack = holdsBack
        call.onCancel = () => arrived.abort(new SnetError('cancelled', 'the client cancelled the call'))
        return call.body
      },
    }
    serveArrival(arrival, { server: this.#server, log: quietLog() })
    return call
  }

  /** A whole call with these messages, and what came back. */
  call(method: string, messages: readonly string[], options?: MemoryCallOptions): Promise<MemoryOutcome> {
    const call = this.open(method, options)
    for (const message of messages) call.request.push(withPrefix(Buffer.from(message)))
    call.request.end()
    return call.outcome()
  }
}

/** A call as its client has it. */
export class MemoryCall {
  readonly request = new MemorySource()
  readonly body: WebBody
  onCancel: () => void = () => undefined

  constructor(room: number) {
    this.body = new WebBody(room)
  }

  cancel(): void {
    this.onCancel()
  }

  async outcome(): Promise<MemoryOutcome> {
    await this.body.gone
    return outcomeOf(this.body.read())
  }
}

/** Bytes from the test to the gate. */
class MemorySource implements RequestSource {
  readonly #chunks: Buffer[] = []
  readonly #listeners = new Set<() => void>()
  #hasEnded = false

  push(bytes: Buffer): void {
    this.#chunks.push(bytes)
    this.#tell()
  }

  end(): void {
    this.#hasEnded = true
    this.#tell()
  }

  /** What nobody has read. */
  get left(): number {
    return this.#chunks.reduce((all, { length }) => all + length, 0)
  }

  read(): Buffer | undefined {
    return this.#chunks.shift()
  }

  unread(bytes: Buffer): void {
    this.#chunks.unshift(bytes)
  }

  get isEnded(): boolean {
    return this.#hasEnded && this.#chunks.length === 0
  }

  onNews(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

const TRAILERS_FLAG = 0x80

/** An answer as gRPC-Web has it: one body, whose last frame is the trailers. */
class WebBody implements Answer {
  trailers: HeaderList | undefined
  holdsBack = false
  readonly gone: Promise<void>
  readonly #room: number
  readonly #body: Buffer[] = []
  readonly #held: Buffer[] = []
  #onRead: (() => void)[] = []
  #leave: () => void = () => undefined

  constructor(room: number) {
    this.#room = room
    this.gone = new Promise((done) => (this.#leave = done))
  }

  headers(): void {
    // HTTP's own headers: nothing of the body.
  }

  write(chunk: Buffer): boolean {
    if (this.holdsBack) this.#held.push(chunk)
    else this.#body.push(chunk)
    return this.unread < this.#room
  }

  drained(): Promise<void> {
    return new Promise((done) => this.#onRead.push(done))
  }

  finish(): void {
    this.#body.push(...this.#held.splice(0))
    this.fail(this.trailers as HeaderList)
  }

  fail(status: HeaderList): void {
    const text = [...status].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const frame = withPrefix(Buffer.from(text))
    frame[0] = TRAILERS_FLAG
    this.#body.push(frame)
    this.#leave()
  }

  giveUp(): void {
    this.#leave()
  }

  get unread(): number {
    return this.#body.reduce((all, { length }) => all + length, 0)
  }

  /** What has come so far, for the client. */
  read(): Buffer {
    const bytes = Buffer.concat(this.#body.splice(0))
    for (const done of this.#onRead.splice(0)) done()
    return bytes
  }
}

export interface MemoryOutcome {
  readonly messages: readonly string[]
  readonly code: number
  readonly text: string | undefined
}

function outcomeOf(body: Buffer): MemoryOutcome {
  const messages: string[] = []
  let trailers = ''
  for (let at = 0; at < body.length;) {
    const end = at + PREFIX_BYTES + body.readUInt32BE(at + 1)
    const content = body.toString('utf8', at + PREFIX_BYTES, end)
    if (body[at] === TRAILERS_FLAG) trailers = content
    else messages.push(content)
    at = end
  }
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)\r$`, 'm').exec(trailers)?.[1]
  return { messages, code: Number(field('grpc-status')), text: field('grpc-message') }
}
