import type { IDuplexStream, ILeaseKeepAliveRequest, ILeaseKeepAliveResponse } from 'etcd3'
import type { IRangeRequest, IRangeResponse, IWatchRequest, IWatchResponse } from 'etcd3'
import { pause } from '../../../shared/clock.js'
import { Backoff } from '../../../shared/retry.js'
import type { TransactionAnswer } from './answers.js'
import type { Connection, EtcdConfig } from './connection.js'
import { AnotherEtcd, toFault, Unanswered, Unwritten } from './faults.js'
import { Moments } from './moments.js'
import type { Transaction } from './operations.js'

/** What one question may take of the time that there is in all, so that another endpoint can be asked after it. */
const SHARE_OF_ATTEMPT = 0.4

/**
 * One etcd through all of its endpoints: one of them is asked for as long as it answers, then the next. The library
 * would pick one by chance for each question, ask again without knowing what became of it, and shut out one that failed.
 */
export class EtcdClient implements Disposable {
  readonly requestTimeoutMs: number
  readonly moments = new Moments()
  readonly #connect: (endpoint: string, config: EtcdConfig) => Connection
  readonly #onUnwritten: (fault: Unwritten) => void
  /** Where others were used before, until what was asked there is answered. */
  readonly #left = new Set<Connection>()
  #members: readonly Member[]
  #at = 0
  /** The etcd whose members these are, once one has answered. */
  #cluster: string | undefined
  #moved = new AbortController()
  #fault: Error | undefined
  /** After which nothing is answered any more, in time of `performance.now()`. */
  #end = Infinity
  #ending: NodeJS.Timeout | undefined

  private constructor(
    config: EtcdConfig,
    connect: (endpoint: string, config: EtcdConfig) => Connection,
    onUnwritten: (fault: Unwritten) => void,
  ) {
    this.#connect = connect
    this.#onUnwritten = onUnwritten
    this.#members = config.endpoints.map((endpoint) => ({ endpoint, etcd: connect(endpoint, config) }))
    this.requestTimeoutMs = config.requestTimeoutMs
  }

  /** @param onUnwritten is told of each fault of ours, also where whoever asked only tries again */
  static async open(config: EtcdConfig, onUnwritten: (fault: Unwritten) => void): Promise<EtcdClient> {
    // It takes 200 ms to load, which nobody shall wait for who keeps payments elsewhere.
    const { Connection } = await import('./connection.js')
    return new EtcdClient(config, (endpoint, how) => new Connection(endpoint, how), onUnwritten)
  }

  /**
   * Asks these endpoints from now on, once one of them has shown that it is of the etcd that was asked until now; what
   * was asked elsewhere is answered there. Errors: `AnotherEtcd`, `Unanswered`; all stays as it was then.
   */
  async useEndpoints(config: EtcdConfig): Promise<void> {
    const known = new Map(this.#members.map((member) => [member.endpoint, member]))
    const members = config.endpoints.map(
      (endpoint) => known.get(endpoint) ?? { endpoint, etcd: this.#connect(endpoint, config) },
    )
    const added = members.filter(({ endpoint }) => !known.has(endpoint))
    try {
      await this.#requireSame(members)
    } catch (fault) {
      for (const { etcd } of added) etcd.close()
      throw fault
    }
    this.#replace(members)
  }

  /** Why the last question was not answered; undefined when it was. */
  get fault(): Error | undefined {
    return this.#fault
  }

  /** When somebody who asks now can no longer wait. */
  deadline(): number {
    return performance.now() + this.requestTimeoutMs
  }

  /** Once. Errors: `Unanswered`, and then it may be done or not; `Refused`, `Unwritten`. */
  async txn(transaction: Transaction, timeoutMs = this.#attemptMs): Promise<TransactionAnswer> {
    const { answer } = await this.#ask(timeoutMs, async (etcd, { deadline }) => {
      const read = await etcd.transact(transaction, deadline)
      return { header: { revision: read.revision, cluster_id: read.cluster }, answer: read }
    })
    return answer
  }

  /** Again and again until it is answered or the time is over. Errors: `Unanswered`, `Refused`. */
  range(request: IRangeRequest, deadline = this.deadline()): Promise<IRangeResponse> {
    return this.retry(deadline, (timeoutMs) => this.#ask(timeoutMs, (etcd, options) => etcd.kv.range(request, options)))
  }

  async grantLease(ttlSeconds: number): Promise<{ readonly id: string; readonly ttlSeconds: number }> {
    const { ID, TTL } = await this.#ask(this.#attemptMs, (etcd, options) =>
      etcd.leaseClient.leaseGrant({ TTL: ttlSeconds }, options),
    )
    return { id: ID, ttlSeconds: Number(TTL) }
  }

  /** One that is gone already is revoked. */
  async revokeLease(id: string): Promise<void> {
    try {
      await this.#ask(this.#attemptMs, (etcd, options) => etcd.leaseClient.leaseRevoke({ ID: id }, options))
    } catch (fault) {
      if (!toFault(fault).message.includes('requested lease not found')) throw fault
    }
  }

  /** Seconds that a lease has left; undefined for one that is gone. */
  async leaseLeft(id: string): Promise<number | undefined> {
    const { TTL } = await this.retry(this.deadline(), (timeoutMs) =>
      this.#ask(timeoutMs, (etcd, options) => etcd.leaseClient.leaseTimeToLive({ ID: id }, options)),
    )
    return Number(TTL) > 0 ? Number(TTL) : undefined
  }

  /** A stream with the endpoint of now; `gone` aborts once another endpoint is asked. */
  async keepAliveStream(): Promise<Live<ILeaseKeepAliveRequest, ILeaseKeepAliveResponse>> {
    const gone = this.#moved.signal
    return { stream: await this.#current.leaseClient.leaseKeepAlive(), gone }
  }

  async watchStream(): Promise<Live<IWatchRequest, IWatchResponse>> {
    const gone = this.#moved.signal
    return { stream: await this.#current.watchClient.watch(), gone }
  }

  /** Asks the next endpoint from now on; for whoever sees by himself that the one of now is of no use. */
  moveOn(fault: Error): void {
    this.#moveOn(this.#members[this.#at] as Member, fault)
  }

  /** Does `attempt` until it is answered or the time is over, with another endpoint each time. */
  async retry<Answer>(deadline: number, attempt: (timeoutMs: number) => Promise<Answer>): Promise<Answer> {
    let backoff: Backoff | undefined
    for (;;) {
      const left = deadline - performance.now()
      try {
        return await attempt(Math.max(1, Math.min(left, this.#attemptMs)))
      } catch (thrown) {
        const fault = toFault(thrown)
        backoff ??= new Backoff({ firstMs: 20, longestMs: 500 })
        const pauseMs = backoff.nextMs()
        if (!(fault instanceof Unanswered) || this.#end < Infinity || performance.now() + pauseMs >= deadline)
          throw fault
        await pause(pauseMs)
      }
    }
  }

  /** From now on what is not answered is not asked again, and after so long nothing is answered any more. */
  leave(withinMs: number): void {
    this.#end = performance.now() + withinMs
    this.#ending = setTimeout(() => this[Symbol.dispose](), withinMs).unref()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#ending)
    for (const { etcd } of this.#members) etcd.close()
    for (const etcd of this.#left) etcd.close()
    this.#moved.abort()
  }

  async #requireSame(members: readonly Member[]): Promise<void> {
    const deadline = Date.now() + this.#attemptMs
    const answers = await Promise.allSettled(members.map(({ etcd }) => etcd.maintenance.status({ deadline })))
    const clusters = answers.flatMap((each) => (each.status === 'fulfilled' ? [each.value.header.cluster_id] : []))
    if (clusters.some((cluster) => cluster !== this.#cluster)) throw new AnotherEtcd('they are of another etcd')
    if (clusters.length === 0) throw new Unanswered('none of them answers')
  }

  #replace(members: readonly Member[]): void {
    const current = this.#members[this.#at]
    const left = this.#members.filter((member) => !members.includes(member)).map(({ etcd }) => etcd)
    this.#members = members
    this.#at = Math.max(
      0,
      members.findIndex((member) => member === current),
    )
    if (!current || !members.includes(current)) this.#leaveStreams()
    for (const etcd of left) this.#left.add(etcd)
    const close = (): void => {
      for (const etcd of left) if (this.#left.delete(etcd)) etcd.close()
    }
    setTimeout(close, this.requestTimeoutMs).unref()
  }

  get #attemptMs(): number {
    return Math.ceil(Math.min(this.requestTimeoutMs * SHARE_OF_ATTEMPT, Math.max(1, this.#end - performance.now())))
  }

  get #current(): Connection {
    return (this.#members[this.#at] as Member).etcd
  }

  async #ask<Answer extends { readonly header: { readonly revision: string; readonly cluster_id: string } }>(
    timeoutMs: number,
    question: (etcd: Connection, options: { readonly deadline: number }) => Promise<Answer>,
  ): Promise<Answer> {
    const member = this.#members[this.#at] as Member
    try {
      const answer = await question(member.etcd, { deadline: Date.now() + timeoutMs })
      this.#cluster ??= answer.header.cluster_id
      // One that was down when it was named may be anybody's: what it answers is not what was asked.
      if (answer.header.cluster_id !== this.#cluster)
        throw new Unanswered(`${member.endpoint} is a member of another etcd`)
      this.#fault = undefined
      this.moments.see(BigInt(answer.header.revision))
      return answer
    } catch (thrown) {
      const fault = toFault(thrown)
      if (fault instanceof Unanswered) this.#moveOn(member, fault)
      if (fault instanceof Unwritten) this.#onUnwritten(fault)
      throw fault
    }
  }

  #moveOn(from: Member, fault: Error): void {
    // What is no longer asked says nothing of those that are.
    if (!this.#members.includes(from)) return
    this.#fault = fault
    // Others who failed with the same endpoint have moved on already.
    if (this.#members[this.#at] !== from || this.#members.length === 1) return
    this.#at = (this.#at + 1) % this.#members.length
    this.#leaveStreams()
  }

  #leaveStreams(): void {
    const moved = this.#moved
    this.#moved = new AbortController()
    moved.abort()
  }
}

interface Member {
  readonly endpoint: string
  readonly etcd: Connection
}

/** A stream, and when to leave it. */
export interface Live<Request, Response> {
  readonly stream: IDuplexStream<Request, Response>
  readonly gone: AbortSignal
}
