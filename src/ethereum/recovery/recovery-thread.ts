import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { messageOf } from '../../shared/errors.js'
import { packageRoot } from '../../shared/package.js'
import type { Address } from '../../shared/units.js'
import { addressFromBytes } from '../address.js'
import { recoverSigner } from '../signature.js'
import { isAnswer, packBatch, type Signed, signerIn } from './batch.js'

/** Who did the work. */
export type Recoverer = 'recovery' | 'main'

export interface Request extends Signed {
  readonly done: (signer: Address | undefined, by: Recoverer) => void
}

/** A program to run in a thread, and what Node.js needs to be told for it. */
export interface ThreadEntry {
  readonly file: string | URL
  readonly execArgv?: string[]
}

export interface ThreadOptions {
  readonly entry?: ThreadEntry | undefined
  /** Told why a thread ended that should not have, and when it is started again. It must not fail. */
  readonly onFault: (reason: string, againMs: number) => void
  /** How long a thread may take to start, or to answer, before it is given up. */
  readonly patienceMs?: number | undefined
  /** How long after its end a thread is started again; twice as long each time it ends soon again. */
  readonly againMs?: number | undefined
}

/** The built program, or its sources in tests and in bin/dev.mjs. */
const ENTRY: ThreadEntry = new URL(import.meta.url).pathname.endsWith('.ts')
  ? {
      file: fileURLToPath(new URL('thread.ts', import.meta.url)),
      execArgv: ['--import', pathToFileURL(join(packageRoot, 'scripts/lib/from-sources.mjs')).href],
    }
  : { file: join(packageRoot, 'dist/ethereum/recovery/thread.js') }

const PATIENCE_MS = 10_000
const AGAIN_MS = 1_000
const MOST_AGAIN_MS = 60_000

/** What the calling thread does where no other one can. */
export function recoverHere({ digest, signature, done }: Request): void {
  const signer = recoverSigner(digest, signature)
  done(signer && addressFromBytes(signer), 'main')
}

/**
 * A thread that recovers signers, started again whenever it ends. Whatever it left unanswered is recovered here, so that
 * none of its troubles is a trouble of a payment.
 */
export class RecoveryThread {
  readonly #options: ThreadOptions
  readonly #onFree: () => void
  readonly #impatience: NodeJS.Timeout
  #worker: Worker | undefined
  #isReady = false
  #batch: readonly Request[] | undefined
  #againMs = 0
  #startedAt = 0
  #again: NodeJS.Timeout | undefined
  #isClosed = false

  /** @param onFree told when it has answered a batch, or ended. It must not fail. */
  constructor(options: ThreadOptions, onFree: () => void) {
    this.#options = options
    this.#onFree = onFree
    this.#impatience = setTimeout(() => this.#lookForAnswer(), options.patienceMs ?? PATIENCE_MS).unref()
    this.#start()
  }

  /** Whether it can be asked, now or after its batch. */
  get isReady(): boolean {
    return this.#isReady
  }

  get isFree(): boolean {
    return this.#isReady && !this.#batch
  }

  /** Only while it is free. */
  post(batch: readonly Request[]): void {
    this.#batch = batch
    this.#impatience.refresh()
    try {
      this.#worker?.postMessage(packBatch(batch))
    } catch (fault) {
      this.#gone(this.#worker, messageOf(fault))
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const worker = this.#worker
    clearTimeout(this.#impatience)
    clearTimeout(this.#again)
    this.#letGo()
    await worker?.terminate()
  }

  #start(): void {
    this.#startedAt = performance.now()
    this.#impatience.refresh()
    const { file, execArgv = [] } = this.#options.entry ?? ENTRY
    try {
      const worker = new Worker(file, { execArgv, name: 'recovery' })
      this.#worker = worker
      // Calls under way keep the process; this thread must not.
      worker.unref()
      worker.on('message', (message: unknown) => worker === this.#worker && this.#answered(message))
      worker.on('messageerror', (fault) => this.#gone(worker, messageOf(fault)))
      worker.on('error', (fault) => this.#gone(worker, messageOf(fault)))
      worker.on('exit', (code) => this.#gone(worker, `it ended with code ${code}`))
    } catch (fault) {
      this.#gone(undefined, messageOf(fault))
    }
  }

  #answered(message: unknown): void {
    if (!this.#isReady && message === 'ready') {
      this.#isReady = true
      return
    }
    const batch = this.#batch
    if (!batch || !isAnswer(message, batch.length)) return this.#gone(this.#worker, 'it answered what was not asked')
    this.#batch = undefined
    for (const [i, { done }] of batch.entries()) done(signerIn(message, i), 'recovery')
    this.#onFree()
  }

  #lookForAnswer(): void {
    if (this.#worker && !this.isFree) this.#gone(this.#worker, 'it did not answer in time')
  }

  /** @param worker undefined when there is none yet; one that was let go already is no news */
  #gone(worker: Worker | undefined, reason: string): void {
    if (worker !== this.#worker || this.#isClosed) return
    const first = this.#options.againMs ?? AGAIN_MS
    const livedLong = performance.now() - this.#startedAt > MOST_AGAIN_MS
    this.#againMs = this.#againMs === 0 || livedLong ? first : Math.min(2 * this.#againMs, MOST_AGAIN_MS)
    this.#options.onFault(reason, this.#againMs)
    this.#letGo()
    void worker?.terminate()
    this.#again = setTimeout(() => this.#start(), this.#againMs).unref()
  }

  #letGo(): void {
    const left = this.#batch ?? []
    this.#batch = undefined
    this.#worker = undefined
    this.#isReady = false
    for (const request of left) recoverHere(request)
    this.#onFree()
  }
}
