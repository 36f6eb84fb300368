import type { Address } from '../../shared/units.js'
import { messageDigest, SIGNATURE_BYTES } from '../signature.js'
import { type Recoverer, RecoveryThread, recoverHere, type Request, type ThreadOptions } from './recovery-thread.js'

/** What may wait for threads, about 20 ms of work of one. */
const MAX_WAITING = 256
/** What a thread is given at least, if that many wait: each hand-over costs as much as a recovery, whatever is in it. */
const LEAST_SHARE = 4

export interface ThreadsOptions extends ThreadOptions {
  /** Told of each signature, once somebody has recovered it. It must not fail. */
  readonly onRecovered?: ((by: Recoverer) => void) | undefined
}

/**
 * Threads that recover signers beside the calling one. What comes in one turn of the event loop, or while all threads
 * are at work, is handed over together; one alone is recovered here, as handing it over would cost as much.
 */
export class RecoveryThreads implements AsyncDisposable {
  readonly #threads: readonly RecoveryThread[]
  readonly #onRecovered: ThreadsOptions['onRecovered']
  #next: Request[] = []
  #waiting = 0
  #isDue = false

  constructor(count: number, options: ThreadsOptions) {
    this.#onRecovered = options.onRecovered
    this.#threads = Array.from({ length: count }, () => new RecoveryThread(options, () => this.#postSoon()))
  }

  get isEmpty(): boolean {
    return this.#threads.length === 0
  }

  /** How many threads can be asked. */
  get ready(): number {
    return this.#threads.filter(({ isReady }) => isReady).length
  }

  /**
   * What `signerOf` answers. Undefined where no thread is there to ask, or too much waits for them, or the signature is of
   * no size: then the caller is the quicker one.
   */
  recover(message: Uint8Array, signature: Uint8Array): Promise<Address | undefined> | undefined {
    if (signature.length !== SIGNATURE_BYTES || this.#waiting >= MAX_WAITING) return undefined
    if (this.ready === 0) return undefined
    this.#waiting++
    return new Promise((resolve) => {
      const done = (signer: Address | undefined, by: Recoverer): void => {
        this.#waiting--
        this.#onRecovered?.(by)
        resolve(signer)
      }
      this.#next.push({ digest: messageDigest(message), signature, done })
      this.#postSoon()
    })
  }

  /** The caller has done one himself. */
  noteHere(): void {
    this.#onRecovered?.('main')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #postSoon(): void {
    if (this.#isDue || this.#next.length === 0) return
    this.#isDue = true
    setImmediate(() => {
      this.#isDue = false
      this.#post()
    })
  }

  /** What waits while all threads are at work is posted once one of them is free. */
  #post(): void {
    const isAnyReady = this.ready > 0
    const free = this.#threads.filter(({ isFree }) => isFree)
    if (isAnyReady && free.length === 0) return
    if (!isAnyReady || this.#next.length === 1) return this.#next.splice(0).forEach(recoverHere)
    const share = Math.max(LEAST_SHARE, Math.ceil(this.#next.length / free.length))
    for (const thread of free) {
      if (this.#next.length > 0) thread.post(this.#next.splice(0, share))
    }
  }
}
