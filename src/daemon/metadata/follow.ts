import type { RegistryUris } from '../../content/index.js'
import { SnetError, toSnetError } from '../../shared/errors.js'
import type { Replaceable } from '../../shared/live.js'
import { Poller } from '../../shared/poller.js'
import { Backoff } from '../../shared/retry.js'
import { hasSameEndpoints, judgeChange } from './judge-change.js'
import { type MetadataConfig, type MetadataDeps, readContext, type ServiceContext } from './metadata.js'

/** Keeps what is registered of a service in use, while calls go on. */
export interface MetadataFollower extends AsyncDisposable {
  /** Something else may be registered now. */
  look(): void
  /** Why what is registered now is not used, in whole or in part; undefined while it is. */
  readonly unused: string | undefined
}

export interface FollowDeps extends MetadataDeps {
  /**
   * Lets the store use other addresses of the same etcd; absent where none is used, or not the published one. Errors:
   * `invalid-config` for another etcd, `unavailable` when that cannot be learnt.
   */
  readonly useEndpoints?: ((endpoints: readonly string[]) => Promise<void>) | undefined
}

/** Without news: blocks may tell of a change whose documents are not there yet, and a node can keep events to itself. */
const LOOK_ANYWAY_MS = 3_600_000
const RETRY = { firstMs: 1_000, longestMs: 60_000 }

/** @param current replaced as a whole, so that no call sees half of a change */
export function followMetadata(
  config: MetadataConfig,
  current: Replaceable<ServiceContext>,
  deps: FollowDeps,
): MetadataFollower {
  return new Follower(config, current, deps)
}

type Uris = ServiceContext['uris']

class Follower implements MetadataFollower {
  readonly #config: MetadataConfig
  readonly #current: Replaceable<ServiceContext>
  readonly #deps: FollowDeps
  readonly #closing = new AbortController()
  readonly #backoff = new Backoff(RETRY)
  readonly #poller: Poller
  /** What was registered when it was last decided what to use. */
  #judged: Uris
  #waitMs = LOOK_ANYWAY_MS
  /** Why what was decided upon is not used. */
  #refused: string | undefined
  /** Why nothing could be decided; that is tried again. */
  #fault: string | undefined

  constructor(config: MetadataConfig, current: Replaceable<ServiceContext>, deps: FollowDeps) {
    this.#config = config
    this.#current = current
    this.#deps = deps
    this.#judged = current.current.uris
    this.#poller = new Poller(
      () => this.#waitMs,
      () => this.#turn(),
    )
    // Something may have been registered since the start has read it.
    this.look()
  }

  get unused(): string | undefined {
    return this.#fault ?? this.#refused
  }

  look(): void {
    this.#poller.wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#poller[Symbol.asyncDispose]()
  }

  async #turn(): Promise<void> {
    try {
      const uris = await this.#readUris()
      if (!isSame(uris, this.#judged)) await this.#judge(uris)
      this.#judged = uris
      this.#fault = undefined
      this.#backoff.reset()
      this.#waitMs = LOOK_ANYWAY_MS
    } catch (thrown) {
      if (this.#closing.signal.aborted) return
      this.#waitMs = this.#backoff.nextMs()
      const { message, hint } = toSnetError(thrown)
      const reason = `what is registered now cannot be used yet: ${message}`
      // Told once, however often it is tried again.
      if (this.#fault !== reason) this.#warn(reason, hint)
      this.#fault = reason
    }
  }

  /** Resolves when it is decided; rejects when it has to be tried again. */
  async #judge(uris: Uris): Promise<void> {
    const now = this.#current.current
    const next = await this.#read(uris)
    if (!next) return
    const fixed = judgeChange(now, next)
    if (fixed.length > 0)
      return this.#refuse(
        `what is registered now needs a restart: ${fixed.join(', ')}`,
        'Collect the payments that are kept, then restart the daemon; until then it goes on with what it started with.',
      )
    const refusal = await this.#useEndpoints(now, next)
    this.#current.replace(refusal ? { ...next, storage: now.storage } : next)
    this.#deps.log.info('what is registered now is used', { organization: uris.organization, service: uris.service })
    if (!refusal) this.#refused = undefined
    else if (refusal.kind === 'invalid-config') this.#refuse(refusal.message, refusal.hint)
    else throw refusal
  }

  /** Undefined for metadata that no daemon can use, which trying again does not make better. */
  async #read(uris: Uris): Promise<ServiceContext | undefined> {
    const registry = { organizationUri: async () => uris.organization, serviceUri: async () => uris.service }
    const knowsMethods = this.#current.current.protoServices.length > 0
    const deps = { ...this.#deps, registry, signal: this.#closing.signal }
    try {
      return await readContext(this.#config, deps, { needsProtos: knowsMethods })
    } catch (fault) {
      if (!(fault instanceof SnetError) || fault.kind !== 'invalid-config') throw fault
      this.#refuse(`what is registered now cannot be used: ${fault.message}`, fault.hint)
      return undefined
    }
  }

  async #readUris(): Promise<Uris> {
    const { registry } = this.#deps
    const { organization, service } = this.#config
    const read = async (what: string, uri: ReturnType<RegistryUris['organizationUri']>): Promise<string> => {
      const found = await uri
      if (found !== undefined) return found
      throw new SnetError('not-found', `the ${what} is not registered any more`, {
        hint: 'The daemon goes on with what it knows, until it is restarted.',
      })
    }
    const [organizationUri, serviceUri] = await Promise.all([
      read('organisation', registry.organizationUri(organization)),
      read('service', registry.serviceUri(organization, service)),
    ])
    return { organization: organizationUri, service: serviceUri }
  }

  async #useEndpoints(now: ServiceContext, next: ServiceContext): Promise<SnetError | undefined> {
    if (hasSameEndpoints(now, next)) return undefined
    try {
      await this.#deps.useEndpoints?.(next.storage.endpoints)
      return undefined
    } catch (fault) {
      return toSnetError(fault)
    }
  }

  /** A provider who registers two documents one after the other is told once. */
  #refuse(reason: string, hint: string | undefined): void {
    const told = hint === undefined ? reason : `${reason}. ${hint}`
    if (this.#refused !== told) this.#warn(reason, hint)
    this.#refused = told
  }

  #warn(reason: string, hint: string | undefined): void {
    this.#deps.log.warn(reason, { ...(hint !== undefined && { hint }) })
  }
}

const isSame = (one: Uris, other: Uris): boolean =>
  one.organization === other.organization && one.service === other.service
