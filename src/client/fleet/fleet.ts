import { type SnetError, toSnetError } from '../../shared/errors.js'
import { type InfraCalls } from '../../shared/wire/index.js'
import { type InfraClient, openInfraClient } from '../../shared/wire/grpc/index.js'
import type { Target } from './fleet-flags.js'

/** Long enough for whatever a Berty does by itself; its own calls take up to 10 s under load. */
export const CALL_TIMEOUT_MS = 30_000

/** A control daemon that we are connected to. */
export interface FleetPeer extends Target {
  readonly client: InfraClient
  call<Name extends keyof InfraCalls>(
    name: Name,
    request: InfraCalls[Name][0],
    options?: { timeoutMs?: number; signal?: AbortSignal | undefined },
  ): Promise<InfraCalls[Name][1]>
}

/** What came of one host. */
export type PeerOutcome<T> =
  | { readonly peer: string; readonly ok: true; readonly result: T }
  | { readonly peer: string; readonly ok: false; readonly error: SnetError }

/** Connections to several control daemons, which know nothing of each other. */
export class Fleet implements Disposable {
  readonly peers: readonly FleetPeer[]

  constructor(targets: readonly Target[]) {
    this.peers = targets.map((target) => {
      const client = openInfraClient(target.access)
      return {
        ...target,
        client,
        call: (name, request, { timeoutMs = CALL_TIMEOUT_MS, signal } = {}) =>
          client.call(name, request, { timeoutMs, signal }),
      }
    })
  }

  /** Does the same on every host at once; a host that fails does not spoil the results of the others. */
  async each<T>(act: (peer: FleetPeer, at: number) => Promise<T>): Promise<PeerOutcome<T>[]> {
    return await Promise.all(
      this.peers.map(async (peer, at): Promise<PeerOutcome<T>> => {
        try {
          return { peer: peer.name, ok: true, result: await act(peer, at) }
        } catch (thrown) {
          return { peer: peer.name, ok: false, error: toSnetError(thrown) }
        }
      }),
    )
  }

  [Symbol.dispose](): void {
    for (const { client } of this.peers) client[Symbol.dispose]()
  }
}
