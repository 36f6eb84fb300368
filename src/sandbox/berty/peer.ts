import { Account } from './account.js'
import { AuthFlow } from './auth-flow.js'
import type { Core } from './core.js'
import type { Entry } from './entry.js'
import { type Era, ERAS, type EraTraits } from './eras.js'
import type { CallFailure } from './errors.js'
import { GrpcServer, type Handler } from './grpc-server.js'
import type { PeerContext } from './handler-kit.js'
import { keyPairOf, peerIdOf } from './keys.js'
import { Load, startMs } from './load.js'
import { addMessengerService } from './messenger-service.js'
import { addProtocolService } from './protocol-service.js'
import type { Random, Range } from './random.js'
import type { Host, Replica } from './replica.js'

export interface PeerOptions {
  readonly name: string
  /** Default: E. */
  readonly era?: Era
  /** Default: a free one, which restarts keep. */
  readonly port?: number
  /** How far its clock is ahead of the network's. */
  readonly clockOffsetMs?: number
}

/** A fake Berty: a process with a store and a gRPC port on loopback. */
export class BertyPeer implements Host, AsyncDisposable {
  readonly name: string
  readonly era: Era
  readonly traits: EraTraits
  readonly clockOffsetMs: number
  startedAt = 0
  load: Load
  #account: Account
  #auth: AuthFlow
  #server: GrpcServer | undefined
  #port: number
  #peerId: string
  /** Number of the current process: whatever a former one had planned no longer happens. */
  #process = 0
  #lives = 0
  #frozen: (() => void)[] | undefined
  readonly #faults = new Map<string, { failure: CallFailure; times: number }>()

  private constructor(
    { name, era = 'E', port = 0, clockOffsetMs = 0 }: PeerOptions,
    private readonly core: Core,
    private readonly random: Random,
  ) {
    this.name = name
    this.era = era
    this.traits = ERAS[era]
    this.clockOffsetMs = clockOffsetMs
    this.#port = port
    this.load = this.#newLoad(false)
    this.#peerId = this.#newPeerId()
    this.#account = this.#newAccount()
    this.#auth = this.#newAuth()
  }

  static async start(options: PeerOptions, core: Core): Promise<BertyPeer> {
    const peer = new BertyPeer(options, core, core.random.fork(`peer ${options.name}`))
    await peer.#listen()
    return peer
  }

  #newPeerId(): string {
    return peerIdOf(keyPairOf(this.random.bytes(32)).publicKey)
  }

  #newLoad(isRestart: boolean): Load {
    const { slowness } = this.traits
    return new Load({
      ...{ slowness, isRestart, settings: this.core.settings.load, random: this.random.fork('load') },
      later: (range, act) => this.later(range, act),
    })
  }

  #newAccount(): Account {
    return new Account(this, this.core, this.random.fork(`life ${String(this.#lives++)}`))
  }

  #newAuth(): AuthFlow {
    return new AuthFlow(this.random.fork(`auth ${String(this.#lives)}`))
  }

  get peerId(): string {
    return this.#peerId
  }

  /** HOST:PORT. */
  get endpoint(): string {
    return `127.0.0.1:${String(this.#port)}`
  }

  get isUp(): boolean {
    return this.#server !== undefined && this.#frozen === undefined
  }

  get groups(): readonly Replica[] {
    return this.#account.groups
  }

  clock(): number {
    return this.core.now() + this.clockOffsetMs
  }

  later(range: Range, act: () => void): void {
    const mine = this.#process
    this.core.timers.after(this.random.between(range), () => {
      if (mine !== this.#process) return
      if (this.#frozen) this.#frozen.push(act)
      else act()
    })
  }

  #context(): PeerContext {
    const mine = this.#process
    const isAlive = (): boolean => mine === this.#process
    return {
      account: this.#account,
      get isAlive() {
        return isAlive()
      },
      whenRunning: () => this.#whenRunning(),
      takeFault: (method) => this.#takeFault(method),
    }
  }

  async #listen(): Promise<void> {
    const handlers = new Map<string, Handler>()
    const context = this.#context()
    addProtocolService(context, this.#auth, handlers)
    addMessengerService(context, this.#auth, handlers)
    this.startedAt = this.core.now()
    this.#server = await GrpcServer.listen(handlers, this.traits, this.#port)
    this.#port = this.#server.port
    this.#account.reload()
    this.core.topology.changed()
  }

  /** Ends the process; `restart` finds its store again. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.#process++
    this.#frozen = undefined
    await server?.[Symbol.asyncDispose]()
    this.load.drop()
    this.core.topology.changed()
  }

  /** Starts again on the same port. Without its store it is a new peer, in no group. */
  async restart({ keepStore = true }: { keepStore?: boolean } = {}): Promise<void> {
    await this.stop()
    if (!keepStore) {
      this.#account.forget()
      this.#peerId = this.#newPeerId()
      this.#account = this.#newAccount()
      this.#auth = this.#newAuth()
    }
    this.load = this.#newLoad(true)
    const events = this.groups.reduce((sum, { messages, metadata }) => sum + messages.length + metadata.length, 0)
    const { random, traits } = this
    const ms = startMs(this.core.settings.load, { random, slowness: traits.slowness, events })
    await this.core.timers.pause(ms)
    await this.#listen()
  }

  /** Cuts the TCP connections of its clients; the process goes on. */
  dropConnections(): void {
    this.#server?.drop()
  }

  /** Acts as under SIGSTOP: connections are accepted, but nothing is answered, sent or received. */
  hang(): void {
    if (!this.#server || this.#frozen) return
    this.#frozen = []
    this.#server.hold()
    for (const { buses } of this.groups) {
      buses.messages.pause()
      buses.metadata.pause()
    }
    this.core.topology.changed()
  }

  unhang(): void {
    const frozen = this.#frozen
    if (!frozen) return
    this.#frozen = undefined
    this.#server?.release()
    for (const { buses } of this.groups) {
      buses.messages.resume()
      buses.metadata.resume()
    }
    for (const act of frozen) act()
    for (const { group } of this.groups) this.core.reconcile(group)
    this.core.topology.changed()
  }

  #whenRunning(): Promise<void> {
    if (!this.#frozen) return Promise.resolve()
    return new Promise((resolve) => this.#frozen?.push(resolve))
  }

  /** Makes the next `times` calls of a method fail. */
  failNext(method: string, failure: CallFailure, times = 1): void {
    this.#faults.set(method, { failure, times })
  }

  #takeFault(method: string): CallFailure | undefined {
    const fault = this.#faults.get(method)
    if (!fault) return undefined
    if (--fault.times <= 0) this.#faults.delete(method)
    return fault.failure
  }

  /** The peer's part in a group. @param group its key in hex */
  replica(group: string): Replica {
    const found = this.groups.find((each) => each.group === group)
    if (!found) throw new Error(`${this.name} is not in group ${group}`)
    return found
  }

  message(group: string, cid: Uint8Array): Entry {
    const found = this.replica(group).messages.find(cid)
    if (!found) throw new Error(`${this.name} has no such message in group ${group}`)
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
