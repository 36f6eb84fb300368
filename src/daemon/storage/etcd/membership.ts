import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { ILeaseKeepAliveRequest, ILeaseKeepAliveResponse } from 'etcd3'
import { pause } from '../../../shared/clock.js'
import { messageOf } from '../../../shared/errors.js'
import { Backoff } from '../../../shared/retry.js'
import type { Log } from '../../observability/index.js'
import type { Process } from '../../payments/ports.js'
import { storeClosed } from '../no-longer-ours.js'
import { found, type StoredValue } from './answers.js'
import type { EtcdClient, Live } from './client.js'
import { rightLost, toFault } from './faults.js'
import { askStream } from './ask-stream.js'
import type { LeaseFile } from './lease-file.js'
import { get, isStill, put } from './operations.js'
import { Right } from './right.js'

/** A right, under the name by which others who share the store know it. */
export interface Session extends Process {
  readonly lost: Right
  /** The key that is there for as long as etcd keeps the lease. */
  readonly key: string
  /** Gets the number of each request that is noted, so that its revisions tell which were done, and when. */
  readonly notes: string
  /** Its revision, which all that is written under it compares: it can be moved, and then nothing sent before is done. */
  fence: string
}

export interface MembershipDeps {
  readonly client: EtcdClient
  /** Where processes are listed. */
  readonly prefix: string
  /** Where they note their requests. */
  readonly notes: string
  readonly ttlSeconds: number
  readonly file: LeaseFile
  readonly log: Log
}

/** What others are told of this process. */
const ABOUT = JSON.stringify({ host: hostname(), pid: process.pid })

/** The share of a lease that is not counted on: clocks differ, and what was delivered last is on its way. */
const MARGIN = 0.15
const BEATS_PER_LEASE = 5

/** The name of a process tells since which revision it is listed. */
export const nameOf = (revision: string, id: string): string => `${revision}-${id}`

/**
 * This process among those that share the store: one lease for all that it holds, kept alive as long as it runs, and
 * another one as soon as etcd answers again after that was lost.
 */
export class Membership implements AsyncDisposable {
  readonly #deps: MembershipDeps
  readonly #closing = new AbortController()
  #session: Session
  #living: Promise<void>
  #movingFence: Promise<void> | undefined

  private constructor(deps: MembershipDeps, session: Session) {
    this.#deps = deps
    this.#session = session
    this.#living = this.#live()
  }

  /** Ends the lease that a former process in this data directory left. Errors: `Unanswered`, `Refused`, `storage-failed`. */
  static async open(deps: MembershipDeps): Promise<Membership> {
    const former = await deps.file.read()
    if (former !== undefined) await deps.client.revokeLease(former)
    return new Membership(deps, await join(deps))
  }

  /** The newest one, which may be lost. */
  get session(): Session {
    return this.#session
  }

  /** Error: `unavailable` while there is none. */
  require(): Session {
    this.#session.lost.throwIfAborted()
    return this.#session
  }

  /** Takes note of the session's key as etcd has it: gone with the lease, or moved. */
  see(session: Session, stored: StoredValue | undefined): void {
    if (stored) session.fence = stored.revision
    else session.lost.abort(rightLost('etcd has ended the lease'))
  }

  /**
   * Resolves once nothing is done any more that was sent with the old fence. Errors: `Unanswered`; the reason for which the
   * session was lost.
   */
  async moveFence(session: Session, old: string, deadline: number): Promise<void> {
    if (session.fence !== old) return
    this.#movingFence ??= this.#moveFence(session, deadline).finally(() => {
      this.#movingFence = undefined
    })
    await this.#movingFence
  }

  async #moveFence(session: Session, deadline: number): Promise<void> {
    const { key, lost, fence } = session
    await this.#deps.client.retry(deadline, async (timeoutMs) => {
      lost.throwIfAborted()
      const request = { compare: [isStill(key, fence)], success: [put(key, ABOUT, lost.lease)], failure: [get(key)] }
      const { succeeded, answers, revision } = await this.#deps.client.txn(request, timeoutMs)
      if (succeeded) session.fence = revision
      // It was moved, perhaps by an attempt that was not answered.
      else this.see(session, found(answers[0]))
    })
    lost.throwIfAborted()
  }

  /** Ends the lease: whatever is held under it is free at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.#session.lost.abort(storeClosed())
    await this.#living
    // Without an answer the lease ends by itself.
    await this.#deps.client.revokeLease(this.#session.lost.lease).then(
      () => this.#deps.file.remove(),
      () => undefined,
    )
  }

  async #live(): Promise<void> {
    const { signal } = this.#closing
    const backoff = new Backoff({ firstMs: 100, longestMs: 2_000 })
    while (!signal.aborted) {
      await this.#keepAlive(signal)
      if (signal.aborted) return
      this.#deps.log.warn('the lease in etcd is lost: payments wait for another one', {
        reason: messageOf(this.#session.lost.reason),
      })
      while (this.#session.lost.aborted && !signal.aborted) {
        await backoff.wait(signal)
        await this.#rejoin()
      }
      backoff.reset()
    }
  }

  async #rejoin(): Promise<void> {
    try {
      // What etcd may still hold for the lost lease is free then.
      await this.#deps.client.revokeLease(this.#session.lost.lease)
      const session = await join(this.#deps)
      if (this.#closing.signal.aborted) session.lost.abort(storeClosed())
      this.#session = session
      this.#deps.log.info('there is a lease in etcd again')
    } catch (fault) {
      this.#deps.log.debug('no lease can be had of etcd', { reason: messageOf(fault) })
    }
  }

  /** Returns when the right is lost. */
  async #keepAlive(signal: AbortSignal): Promise<void> {
    const { lost: right } = this.#session
    const beatMs = (this.#deps.ttlSeconds * 1_000) / BEATS_PER_LEASE
    while (!right.aborted && !signal.aborted) {
      try {
        await this.#beat(right, beatMs, signal)
      } catch (thrown) {
        const fault = toFault(thrown)
        this.#deps.client.moveOn(fault)
        await pause(beatMs / 10, signal)
      }
    }
  }

  /** Beats over one stream until it fails or another endpoint is asked. */
  async #beat(right: Right, beatMs: number, signal: AbortSignal): Promise<void> {
    const live: Live<ILeaseKeepAliveRequest, ILeaseKeepAliveResponse> = await this.#deps.client.keepAliveStream()
    const stream = askStream(live.stream)
    try {
      while (!right.aborted && !signal.aborted && !live.gone.aborted) {
        const sentAt = performance.now()
        const { TTL } = await stream.ask({ ID: right.lease }, beatMs)
        const ttlMs = Number(TTL) * 1_000
        if (ttlMs > 0) right.extend(sentAt + ttlMs * (1 - MARGIN))
        else right.abort(rightLost('etcd has ended the lease'))
        await pause(beatMs, AbortSignal.any([signal, live.gone]))
      }
    } finally {
      stream[Symbol.dispose]()
    }
  }
}

/** A lease of its own, and a name under it. */
async function join({ client, prefix, notes, ttlSeconds, file }: MembershipDeps): Promise<Session> {
  const sentAt = performance.now()
  const { id: lease, ttlSeconds: granted } = await client.grantLease(ttlSeconds)
  const right = new Right(lease, sentAt + granted * 1_000 * (1 - MARGIN))
  try {
    // Before anything is held under it: whoever comes after a kill has to know what to end.
    await file.write(lease)
    const id = randomUUID()
    const key = prefix + id
    const { revision } = await client.txn({ success: [put(key, ABOUT, lease)] })
    return { name: nameOf(revision, id), lost: right, key, notes: notes + id, fence: revision }
  } catch (fault) {
    right.abort(rightLost('it was not listed'))
    throw fault
  }
}
