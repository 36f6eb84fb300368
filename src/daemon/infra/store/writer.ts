import { pause } from '../../../shared/clock.js'
import type { RootDatabase } from 'lmdb'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { causeOf } from '../../data-dir/index.js'

/** How long a write that nobody waits for may wait for others: an fsync for each write would be too slow. */
const LINGER_MS = 50
/** So many collected writes are committed at once, without waiting for more. */
const MAX_COLLECTED = 2_000

interface Batch {
  readonly writes: (() => void)[]
  readonly done: PromiseWithResolvers<void>
}

/**
 * One queue of writes, in order, committed in groups: one transaction at a time, so that a write is on disk only when
 * every earlier one is. A failed commit loses its own batch, each write of which rejects; later ones are tried again.
 */
export class GroupCommit {
  readonly #db: Pick<RootDatabase<Buffer, Buffer>, 'transaction'>
  readonly #before: () => void
  readonly #after: () => void
  #collecting: Batch | undefined
  #committing: Promise<void> | undefined
  #isUrgent = false
  #isClosed = false

  /** @param hooks `before` runs at the head of every transaction, `after` once one is durable */
  constructor(db: Pick<RootDatabase<Buffer, Buffer>, 'transaction'>, hooks: { before: () => void; after: () => void }) {
    this.#db = db
    this.#before = hooks.before
    this.#after = hooks.after
  }

  /** Resolves when durable. The write runs inside a transaction: it may read what earlier ones wrote. */
  add(write: () => void, { urgent = false } = {}): Promise<void> {
    if (this.#isClosed) return Promise.reject(new SnetError('storage-failed', 'the store is closed'))
    const batch = (this.#collecting ??= emptyBatch())
    batch.writes.push(write)
    if (urgent || batch.writes.length >= MAX_COLLECTED) this.#isUrgent = true
    this.#committing ??= this.#commitAll()
    if (this.#isUrgent) this.#hurry?.()
    return batch.done.promise
  }

  async flush(): Promise<void> {
    if (this.#collecting) await this.add(() => undefined, { urgent: true })
    else await this.#committing
  }

  async close(): Promise<void> {
    const last = this.flush()
    this.#isClosed = true
    await last.catch(() => undefined)
    await this.#committing
  }

  #hurry: (() => void) | undefined

  async #commitAll(): Promise<void> {
    while (this.#collecting) {
      await this.#linger()
      const batch = this.#collecting
      this.#collecting = undefined
      this.#isUrgent = false
      await this.#commit(batch)
    }
    this.#committing = undefined
  }

  async #linger(): Promise<void> {
    // Even an urgent write waits for the rest of this turn of the event loop.
    await Promise.resolve()
    if (this.#isUrgent) return
    const hurry = new AbortController()
    this.#hurry = () => hurry.abort()
    await pause(LINGER_MS, hurry.signal)
    this.#hurry = undefined
  }

  async #commit(batch: Batch): Promise<void> {
    try {
      await this.#db.transaction(() => {
        this.#before()
        for (const write of batch.writes) write()
      })
      this.#after()
      batch.done.resolve()
    } catch (fault) {
      const cause = await causeOf(fault)
      batch.done.reject(
        new SnetError('storage-failed', `the infra store cannot write: ${messageOf(cause)}`, {
          hint: 'Check that the disk of data_dir has room.',
          cause,
        }),
      )
    }
  }
}

function emptyBatch(): Batch {
  const done = deferred()
  // Most writes have no waiter; without this an error would end the process. A waiter still gets it.
  done.promise.catch(() => undefined)
  return { writes: [], done }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (reason: unknown) => void
}

function deferred(): PromiseWithResolvers<void> {
  let resolve!: () => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
