import { performance } from 'node:perf_hooks'
import type { RootDatabase } from 'lmdb'
import { causeOf } from '../../data-dir/index.js'

/** A disk that needs longer is waited for by LMDB's own thread. */
const QUICK_MS = 1
/** With more to write, others have more to do meanwhile. */
const SHORT = 16
/** With so many there is nothing to be gained by waiting for more. */
const MANY = 64
/** How much the newest commit says of the next one. */
const WEIGHT = 1 / 8

interface Step {
  /** Inside the transaction. */
  run(): void
  done(): void
  fail(cause: Error): void
}

/**
 * Transactions of one store, one at a time: those that are asked for in turns of the event loop that follow each other, or while
 * another is written, share the next one and its fsync. Where the disk is quick a short one is written at once, which holds up the event
 * loop for less than it costs to hand it to LMDB's thread and back.
 */
export class GroupCommits {
  readonly #db: Pick<RootDatabase<string, string>, 'transaction' | 'transactionSync'>
  #waiting: Step[] = []
  /** From the first step that waits until none does. */
  #working: Promise<void> | undefined
  #tookMs = Infinity

  constructor(db: Pick<RootDatabase<string, string>, 'transaction' | 'transactionSync'>) {
    this.#db = db
  }

  /**
   * Runs `step` inside a transaction and resolves with what it answers once all that it wrote is durable. Rejects with what
   * it throws, or with why the transaction failed: then nothing was written.
   */
  run<Result>(step: () => Result): Promise<Result> {
    return new Promise((done, fail) => {
      let outcome: { readonly answer: Result } | { readonly fault: Error }
      this.#waiting.push({
        run() {
          try {
            outcome = { answer: step() }
          } catch (fault) {
            outcome = { fault: fault as Error }
          }
        },
        done: () => ('answer' in outcome ? done(outcome.answer) : fail(outcome.fault)),
        fail,
      })
      this.#working ??= this.#work()
    })
  }

  /** Resolves once nothing waits or is being written. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    do {
      await this.#gather()
      const steps = this.#waiting
      this.#waiting = []
      await this.#commit(steps)
    } while (this.#waiting.length > 0)
    this.#working = undefined
  }

  /** Whoever else has something to write in this turn joins, and in the next ones as long as each brings somebody. */
  async #gather(): Promise<void> {
    let were: number
    do {
      were = this.#waiting.length
      await turn()
    } while (this.#waiting.length > were && this.#waiting.length < MANY)
  }

  /** Never rejects. */
  async #commit(steps: readonly Step[]): Promise<void> {
    const begin = performance.now()
    const run = (): void => {
      for (const step of steps) step.run()
    }
    try {
      if (this.#tookMs < QUICK_MS && steps.length <= SHORT) this.#db.transactionSync(run)
      else await this.#db.transaction(run)
    } catch (fault) {
      const cause = (await causeOf(fault)) as Error
      for (const step of steps) step.fail(cause)
      return
    }
    const tookMs = performance.now() - begin
    this.#tookMs = this.#tookMs === Infinity ? tookMs : this.#tookMs + (tookMs - this.#tookMs) * WEIGHT
    for (const step of steps) step.done()
  }
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done))
