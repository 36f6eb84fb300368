import { registryId } from '../../ethereum/index.js'
import type { Address } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Rpc } from './rpc.js'

export interface RegistryEventsConfig {
  readonly registry: Address
  readonly organization: string
  /** Of more blocks than these no events are asked for: anything may have happened in them. */
  readonly maxEventBlocks: bigint
}

/** Tells when what the Registry says of an organisation and its services may be something else than before. */
export class RegistryEvents {
  readonly #config: RegistryEventsConfig
  readonly #deps: { readonly rpc: Pick<Rpc, 'logs'>; readonly log: Log }
  readonly #onChange: () => void
  /** The last block before events that could not be read; undefined when there are none. */
  #unscanned: bigint | undefined

  constructor(config: RegistryEventsConfig, deps: { rpc: Pick<Rpc, 'logs'>; log: Log }, onChange: () => void) {
    this.#config = config
    this.#deps = deps
    this.#onChange = onChange
  }

  /** After blocks were replaced their events are no longer known. */
  suspectAll(): void {
    this.#unscanned = undefined
    this.#onChange()
  }

  /** Looks for events of the blocks after `from` up to `to`. Those that a node cannot tell now are asked for with the next. */
  async look(from: bigint, to: bigint): Promise<void> {
    const { registry, organization, maxEventBlocks } = this.#config
    const since = this.#unscanned ?? from
    if (to - since > maxEventBlocks) return this.suspectAll()
    // Set before the question, so that blocks which come meanwhile ask for all of these again.
    this.#unscanned = since
    try {
      // Every event of the Registry has the organisation as its first subject.
      const logs = await this.#deps.rpc.logs(registry, since + 1n, to, [null, registryId(organization)])
      if (this.#unscanned === since) this.#unscanned = to
      if (logs.length > 0) this.#onChange()
    } catch (error) {
      this.#deps.log.debug('could not read the events of the Registry', { reason: String(error) })
    }
  }
}
