import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleType, isBrokenCircuitError } from 'cockatiel'
import { withTimeLimit } from '../../shared/time-limit.js'
import { type NodeHttp, NodeFault, openNodeHttp } from './node-http.js'

export interface NodeLinkConfig {
  readonly url: string
  readonly apiKey: string | undefined
  /** For one question with everything that has to be asked before it. */
  readonly timeoutMs: number
  /** How long a node that failed too often is left alone. */
  readonly restMs: number
}

export interface Question {
  readonly id: number
  readonly method: string
  readonly params: unknown
}

/** What a node said to a question with this id: `result`, or `error` for a fault of the question. */
export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** Who is asked: one node, or several that stand for each other. */
export interface NodeQuestions extends AsyncDisposable {
  /** From now on this is the chain that has to be served. */
  expect(chain: bigint): void
  ask(question: Question): Promise<Answer>
  proveChain(): Promise<void>
}

/** The node serves another chain than it is to serve. */
export class OtherChain extends NodeFault {}

/** The node failed so often that it is not asked for a while. */
export class NodeAway extends Error {
  override readonly name = 'NodeAway'

  /** @param reason to be read after the name of the node */
  constructor(readonly reason: string) {
    super(`the node ${reason}`)
  }
}

const MAX_FAILURES = 5
const MAX_ANSWER_BYTES = 16 * 1024 * 1024
/** EIP-1474 "limit exceeded", and providers that repeat the HTTP status. */
const RATE_LIMITS = new Set([-32005, 429])
/** Others count from 1, so this id is nobody else's. */
const PROOF_ID = 0

/**
 * Questions to one node behind a circuit breaker. A node that failed has to prove that it still serves the same chain
 * before its next answer is believed: behind its address there may be another one now.
 */
export class NodeLink implements NodeQuestions {
  readonly #timeoutMs: number
  readonly #http: NodeHttp
  readonly #breaker
  #chain: bigint | undefined
  #isProven = true
  #lastFault = ''

  constructor({ restMs, ...config }: NodeLinkConfig) {
    this.#timeoutMs = config.timeoutMs
    this.#http = openNodeHttp({ ...config, maxBytes: MAX_ANSWER_BYTES })
    this.#breaker = circuitBreaker(handleType(NodeFault), {
      halfOpenAfter: restMs,
      breaker: new ConsecutiveBreaker(MAX_FAILURES),
    })
  }

  /** From now on this is the chain that the node has to serve. */
  expect(chain: bigint): void {
    this.#chain = chain
  }

  /** Errors: `NodeFault`; `NodeAway` at once while the node is left alone. */
  ask(question: Question): Promise<Answer> {
    return this.#guard(async (signal) => {
      if (!this.#isProven) await this.#prove(signal)
      return await this.#exchange(question, signal)
    })
  }

  /** Asks the node which chain it serves. Errors: as `ask`; a `NodeFault` when it is another one. */
  proveChain(): Promise<void> {
    return this.#guard((signal) => this.#prove(signal))
  }

  async #guard<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    // Others would wait for the probe that is under way; nobody shall wait for a node that is probably still away.
    if (this.#breaker.state === CircuitState.HalfOpen) throw this.#away()
    try {
      const late = (): NodeFault => new NodeFault(`no complete answer within ${this.#timeoutMs} ms`)
      return await this.#breaker.execute(() => withTimeLimit({ ms: this.#timeoutMs, late }, act))
    } catch (error) {
      if (isBrokenCircuitError(error)) throw this.#away()
      if (error instanceof NodeFault) {
        this.#isProven = false
        this.#lastFault = error.message
      }
      throw error
    }
  }

  async #prove(signal: AbortSignal): Promise<void> {
    if (this.#chain === undefined) return
    const { result } = await this.#exchange({ id: PROOF_ID, method: 'eth_chainId', params: [] }, signal)
    const chain = typeof result === 'string' && /^0x[0-9a-f]+$/i.test(result) ? BigInt(result) : undefined
    this.#isProven = chain === this.#chain
    if (!this.#isProven) throw new OtherChain(`it serves chain ${chain ?? 'unknown'}, not ${this.#chain}`)
  }

  async #exchange(question: Question, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#http.post({ jsonrpc: '2.0', ...question }, signal)
    if (!isAnswer(answer)) throw new NodeFault('the answer is not JSON-RPC')
    if (answer.id !== question.id) throw new NodeFault('the answer belongs to another question')
    if (answer.error && RATE_LIMITS.has(answer.error.code)) {
      throw new NodeFault(`the node rate-limits our requests (code ${answer.error.code})`)
    }
    return answer
  }

  #away(): NodeAway {
    return new NodeAway(`is away: last error: ${this.#lastFault}`)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#http[Symbol.asyncDispose]())
  }
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null || !('id' in value)) return false
  if ('result' in value) return true
  const { error } = value as { error?: { code?: unknown; message?: unknown } | null }
  return typeof error?.code === 'number' && typeof error.message === 'string'
}
