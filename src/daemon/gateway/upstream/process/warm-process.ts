import type { Child } from './child.js'
import { MAX_OUTPUT_TOLD, processFailed } from './failed.js'
import { atMost } from '../../messages.js'

interface Question {
  readonly id: number
  readonly answer: (parts: readonly Buffer[]) => void
  readonly fail: (fault: unknown) => void
}

/** Number of the question, 0 for an answer or else a failure, length. */
const HEAD_BYTES = 9

/**
 * A process that stays and answers one question after the other, in frames. One that says anything else than the answer
 * to its question is ended: whose answer came late must not be another client's.
 */
export class WarmProcess {
  readonly #child: Child
  readonly #judge: (length: number) => void
  #head = Buffer.alloc(0)
  #parts: Buffer[] = []
  #left = 0
  #questions = 0
  #open: Question | undefined
  #isStopped = false

  constructor(child: Child, maxMessageBytes: number) {
    this.#child = child
    this.#judge = atMost(maxMessageBytes)
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk))
    void child.gone.then((failure) => this.#end(processFailed(failure ?? 'exit status 0', '')))
  }

  /** Whether it can be asked. */
  get isReady(): boolean {
    return !this.#isStopped && !this.#child.hasEnded
  }

  get gone(): Promise<unknown> {
    return this.#child.gone
  }

  ask(method: string, request: Buffer): Promise<readonly Buffer[]> {
    const id = (this.#questions = (this.#questions + 1) >>> 0)
    return new Promise((answer, fail) => {
      this.#open = { id, answer, fail }
      const { stdin } = this.#child
      stdin.write(Buffer.concat([uint32(id), uint32(method.length), Buffer.from(method), uint32(request.length)]))
      stdin.write(request)
    })
  }

  /** Ends it; a question that is open has no answer. */
  stop(): void {
    this.#isStopped = true
    this.#child.stop()
  }

  #take(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0 && !this.#isStopped) {
      if (!this.#open) return this.#leaveFrame()
      rest = this.#head.length < HEAD_BYTES ? this.#takeHead(this.#open, rest) : this.#takeBody(this.#open, rest)
    }
  }

  #takeHead(question: Question, bytes: Buffer): Buffer {
    const missing = HEAD_BYTES - this.#head.length
    this.#head = Buffer.concat([this.#head, bytes.subarray(0, missing)])
    if (this.#head.length < HEAD_BYTES) return NOTHING
    if (this.#head.readUInt32BE(0) !== question.id) {
      this.#leaveFrame()
      return NOTHING
    }
    try {
      this.#judge((this.#left = this.#head.readUInt32BE(5)))
    } catch (fault) {
      this.#end(fault)
      return NOTHING
    }
    const rest = bytes.subarray(missing)
    if (this.#left === 0) this.#complete(question, rest)
    return rest
  }

  #takeBody(question: Question, bytes: Buffer): Buffer {
    const part = bytes.subarray(0, this.#left)
    this.#parts.push(part)
    this.#left -= part.length
    const rest = bytes.subarray(part.length)
    if (this.#left === 0) this.#complete(question, rest)
    return rest
  }

  #complete({ answer, fail }: Question, rest: Buffer): void {
    if (rest.length > 0) return this.#leaveFrame()
    const [parts, code] = [this.#parts, this.#head[4] as number]
    this.#open = undefined
    this.#head = NOTHING
    this.#parts = []
    if (code === 0) return answer(parts)
    const text = Buffer.concat(parts).subarray(0, MAX_OUTPUT_TOLD).toString('utf8')
    fail(processFailed(`exit status ${code}`, text))
  }

  #leaveFrame(): void {
    this.#end(processFailed('it wrote what is no answer to its question', ''))
  }

  #end(fault: unknown): void {
    this.stop()
    this.#parts = []
    this.#open?.fail(fault)
    this.#open = undefined
  }
}

const NOTHING = Buffer.alloc(0)

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
