import { pause, systemClock } from '../../../shared/clock.js'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { type HostPort, hostPortText } from '../../../shared/host-port.js'
import { Backoff } from '../../../shared/retry.js'
import type { Log } from '../../observability/index.js'
import type { Berty, BertyDetails } from '../contract/berty.js'
import type { PeerLink, PeerReading, PeerState } from '../contract/control.js'
import { type PeerAddress, readPeerAddress } from './addresses.js'
import type { ReachedBerty } from './calls.js'
import { BertyConnection } from './connection.js'
import { probe } from './era.js'
import { type Liveness, LIVENESS, untilLost } from './liveness.js'
import { READING, type ReadingConfig } from './reading/event-log.js'
import type { ListCosts } from './reading/list-costs.js'
import { Session, type SessionDeps } from './session.js'

export interface PeerLinkConfig {
  /** `infra_berty_endpoint`: connected as soon as it answers. */
  readonly endpoint: HostPort
  /** `infra_peer_allow`: hosts beside loopback that callers may name. */
  readonly allow: readonly string[]
  readonly reading?: Partial<ReadingConfig>
  readonly liveness?: Partial<Liveness>
}

export interface PeerLinkDeps {
  readonly log: Log
  /** Microseconds since 1970. */
  readonly now?: () => number
}

/** The connection to a Berty that may go away and come back, even as another one. Starts to look for it at once. */
export const openPeerLink = (config: PeerLinkConfig, deps: PeerLinkDeps): PeerLink => new Link(config, deps)

class Link implements PeerLink {
  readonly #allow: readonly string[]
  readonly #reading: ReadingConfig
  readonly #liveness: Liveness
  readonly #deps: SessionDeps
  readonly #costs: ListCosts = { count: 0, events: 0, ms: 0 }
  readonly #listeners = new Set<(state: PeerState) => void>()
  #state: PeerState
  #session: Session | undefined
  /** Ends the loop that keeps the endpoint in use connected. */
  #keeping = new AbortController()
  #kept: Promise<void>
  #isClosed = false
  /** Swaps go one after the other: two at once would close each other's connections. */
  #connecting: Promise<unknown> = Promise.resolve()

  constructor({ endpoint, allow, reading, liveness }: PeerLinkConfig, deps: PeerLinkDeps) {
    const { log, now = () => systemClock.nowUs() } = deps
    const own = hostPortText(endpoint)
    this.#allow = [...allow, endpoint.host]
    this.#reading = { ...READING, ...reading }
    this.#liveness = { ...LIVENESS, ...liveness }
    this.#deps = { log, now, costs: this.#costs }
    this.#state = { state: 'absent', endpoint: own, reason: 'it has not answered yet' }
    this.#kept = this.#keep(own, undefined, this.#keeping.signal)
  }

  get reading(): PeerReading {
    return { lists: { ...this.#costs }, unread: this.#session?.unread ?? 0 }
  }

  get state(): PeerState {
    return this.#state
  }

  onChange(listener: (state: PeerState) => void): () => void {
    // Each call gets a listener of its own, so that removing one removes no other.
    const own = (state: PeerState): void => listener(state)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  current(): Berty {
    if (this.#session) return this.#session
    const { endpoint } = this.#state
    const reason = 'reason' in this.#state ? this.#state.reason : ''
    throw new SnetError('wrong-state', `not connected to a Berty yet (${endpoint}: ${reason})`, {
      hint: 'Start Berty, or connect to another one with ConnectToPeer.',
    })
  }

  async connect(address: PeerAddress, signal?: AbortSignal): Promise<PeerState> {
    const endpoint = await readPeerAddress(address, this.#allow)
    const connecting = this.#connecting.then(() => this.#swap(endpoint, signal))
    this.#connecting = connecting.catch(() => undefined)
    return connecting
  }

  async probe(address: PeerAddress, options: { tries: number; signal?: AbortSignal }): Promise<BertyDetails> {
    const endpoint = await readPeerAddress(address, this.#allow)
    for (let left = Math.max(1, Math.floor(options.tries)); ; left--) {
      try {
        const reached = await this.#reach(endpoint, options.signal)
        reached.connection[Symbol.dispose]()
        return reached.probed.details
      } catch (thrown) {
        if (left <= 1 || options.signal?.aborted) throw thrown
      }
      await pause(this.#liveness.maxBackoffMs, options.signal)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#keeping.abort(new Error('closed'))
    await Promise.all([this.#kept, this.#connecting])
    // A connect that was under way may have started another loop meanwhile.
    this.#keeping.abort(new Error('closed'))
    await this.#kept
    this.#session?.close('the control daemon stops')
    this.#listeners.clear()
  }

  async #swap(endpoint: string, signal?: AbortSignal): Promise<PeerState> {
    if (this.#isClosed) throw new SnetError('unavailable', 'the control daemon stops')
    const reached = await this.#reach(endpoint, signal)
    const { account } = reached.probed.details
    if (this.#state.state === 'connected' && this.#state.details.account === account) {
      reached.connection[Symbol.dispose]()
      return this.#state
    }
    this.#keeping.abort(new Error('another Berty takes its place'))
    await this.#kept
    this.#keeping = new AbortController()
    this.#kept = this.#keep(endpoint, reached, this.#keeping.signal)
    return this.#state
  }

  /** Errors: `unavailable`, `cancelled`. */
  async #reach(endpoint: string, signal?: AbortSignal): Promise<ReachedBerty> {
    const connection = new BertyConnection(endpoint)
    try {
      return { connection, probed: await probe(connection, { timeoutMs: this.#liveness.timeoutMs, signal }) }
    } catch (cause) {
      connection[Symbol.dispose]()
      if (cause instanceof SnetError && cause.kind === 'cancelled') throw cause
      throw new SnetError('unavailable', `no Berty answers at ${endpoint}: ${messageOf(cause)}`, {
        hint: 'Does Berty run there, with a gRPC listener on this port (-node.listeners)?',
        cause,
      })
    }
  }

  /** Connects, watches, and does both again when the Berty is lost; ends with the signal. */
  async #keep(endpoint: string, first: ReachedBerty | undefined, signal: AbortSignal): Promise<void> {
    const { firstBackoffMs, maxBackoffMs } = this.#liveness
    const backoff = new Backoff({ firstMs: firstBackoffMs, longestMs: maxBackoffMs })
    for (let reached = first; !signal.aborted; reached = undefined) {
      try {
        reached ??= await this.#reach(endpoint, signal)
        using connection = reached.connection
        if (signal.aborted) return
        this.#adopt(reached)
        backoff.reset()
        const reason = await untilLost({ connection, probed: reached.probed }, this.#liveness, signal)
        if (!signal.aborted) this.#lose(endpoint, reason)
      } catch (thrown) {
        if (signal.aborted) return
        this.#lose(endpoint, messageOf(thrown))
        await backoff.wait(signal)
      }
    }
  }

  /** The same account goes on in the same session: its groups and readers live through an outage. */
  #adopt(reached: ReachedBerty): void {
    const { details } = reached.probed
    if (this.#session?.details.account === details.account) this.#session.moveTo(reached)
    else {
      this.#session?.close('another account answers')
      this.#session = new Session(reached, this.#reading, this.#deps)
    }
    const { endpoint } = reached.connection
    this.#deps.log.info('connected to Berty', { endpoint, version: details.version, era: details.era })
    this.#tell({ state: 'connected', endpoint, details })
  }

  #lose(endpoint: string, reason: string): void {
    const last = this.#session?.details
    if (this.#state.state === 'connected') this.#deps.log.warn('Berty is lost', { endpoint, reason })
    if (this.#state.state !== 'connected' && this.#state.endpoint === endpoint && this.#state.reason === reason) return
    this.#tell(last ? { state: 'lost', endpoint, reason, last } : { state: 'absent', endpoint, reason })
  }

  #tell(state: PeerState): void {
    this.#state = state
    for (const listener of [...this.#listeners]) listener(state)
  }
}
