import type { FrameConnection, FrameStream, StreamEvents } from '../../src/daemon/gateway/frames/index.js'
import type { MethodName } from './methods.js'

/** What is said in one call. */
export interface CallPlan {
  /** Names and values in turn, pseudo-fields first. */
  readonly fields: readonly string[]
  readonly kind: MethodName
  readonly message: Buffer
  /** Messages that go one way or both, by the kind. */
  readonly messages: number
}

const SENT_ONCE: ReadonlySet<MethodName> = new Set(['echo', 'count'])
const ANSWERED_ONCE: ReadonlySet<MethodName> = new Set(['echo', 'collect'])

/** Makes one call. Error: the status it ended with, or an answer of another length than asked for. */
export function callOnce(connection: FrameConnection, plan: CallPlan): Promise<void> {
  return new Promise((done, fail) => {
    const stream = connection.open(plan.fields, false)
    const call = new OneCall(stream, plan, (fault) => (fault ? fail(fault) : done()))
    stream.events = call
    call.onRoom()
  })
}

class OneCall implements StreamEvents {
  readonly #stream: FrameStream
  readonly #plan: CallPlan
  readonly #onEnd: (fault: Error | undefined) => void
  #unsent: number
  #received = 0
  #last: readonly string[] = []

  constructor(stream: FrameStream, plan: CallPlan, onEnd: (fault: Error | undefined) => void) {
    this.#stream = stream
    this.#plan = plan
    this.#onEnd = onEnd
    this.#unsent = SENT_ONCE.has(plan.kind) ? 1 : plan.messages
  }

  /** Says what it may: of a talk the next message only when the last was answered. */
  onRoom(): void {
    const { kind, message } = this.#plan
    while (this.#unsent > 0) {
      this.#unsent--
      if (!this.#stream.write(message) || kind === 'talk') break
    }
    if (this.#unsent === 0 && kind !== 'talk') this.#stream.end()
  }

  onFields(fields: readonly string[]): void {
    this.#last = fields
  }

  onNews(): void {
    const { kind, message, messages } = this.#plan
    for (let bytes = this.#stream.read(); bytes; bytes = this.#stream.read()) this.#received += bytes.length
    if (kind !== 'talk' || this.#received !== (messages - this.#unsent) * message.length) return
    if (this.#unsent > 0) this.onRoom()
    else this.#stream.end()
  }

  onClose(code: number | undefined): void {
    const { kind, message, messages } = this.#plan
    const expected = message.length * (ANSWERED_ONCE.has(kind) ? 1 : messages)
    if (this.#field('grpc-status') === '0' && this.#received === expected) return this.#onEnd(undefined)
    const how = `status ${this.#field('grpc-status')}, reset ${code}, ${this.#received} of ${expected} bytes`
    this.#onEnd(new Error(`a call to ${this.#plan.fields.join(' ')} ended with ${how}: ${this.#field('grpc-message')}`))
  }

  #field(name: string): string | undefined {
    const at = this.#last.indexOf(name)
    return at < 0 ? undefined : this.#last[at + 1]
  }
}
