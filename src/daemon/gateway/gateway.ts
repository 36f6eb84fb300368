import { isInTime } from '../../shared/in-time.js'
import { createRoutes, type RoutesConfig, type RoutesDeps, serveByRoute } from './routes.js'
import { type OnLimit, openTransport, type PagesDeps, type TransportConfig } from './transport/index.js'
import type { Upstream } from './upstream/index.js'

export interface GatewayConfig extends TransportConfig, RoutesConfig {}

export interface GatewayDeps extends RoutesDeps, PagesDeps {
  readonly upstream: Upstream
  readonly onConnectionLimit?: OnLimit
}

export interface Gateway extends AsyncDisposable {
  readonly address: { readonly host: string; readonly port: number }
  /** Where web pages connect, if that is another address. */
  readonly webAddress: Gateway['address'] | undefined
  readonly callsInFlight: number
  /** Clients should make their next calls elsewhere; those that do not are served. */
  leave(): void
  /**
   * Takes no new calls, lets those in flight finish, cuts what is left after the timeout or when `hurry` aborts; returns
   * how many were cut. Calls of clients that have not yet heard of the stop are in flight, too.
   */
  drain(timeoutMs: number, hurry?: AbortSignal): Promise<number>
}

/** How long calls that were cut may take to leave, such as one whose payment is being written. */
const LEAVE_TIMEOUT_MS = 5_000
/** How long clients may take to hear of the stop, and to send the first message of a call that they had begun by then. */
const FAREWELL_MS = 1_000

/** Opens the port that paying clients connect to. Error: `invalid-config` when it cannot be had. */
export async function startGateway(config: GatewayConfig, deps: GatewayDeps): Promise<Gateway> {
  const { rows: routes, waiting } = createRoutes(config, deps)
  const transport = await openTransport(config, { ...deps, server: serveByRoute(routes) })
  const refuseAll = (): void => {
    for (const part of [...routes.map(({ calls }) => calls), ...waiting]) part.close()
  }
  const letAllEnd = async (): Promise<void> => {
    const begun = transport.whenTold().then(() => Promise.all(waiting.map((room) => room.whenEmpty())))
    await isInTime(FAREWELL_MS, begun)
    refuseAll()
    await Promise.all(routes.map((route) => route.whenOver()))
  }
  const callsInFlight = (): number => routes.reduce((sum, { calls, lasts }) => sum + (lasts ? 0 : calls.inFlight), 0)
  const cutAll = async (): Promise<number> => {
    refuseAll()
    const cut = callsInFlight()
    for (const { calls } of routes) calls.cut()
    await isInTime(LEAVE_TIMEOUT_MS, Promise.all(routes.map(({ calls }) => calls.whenIdle())))
    return cut
  }
  return {
    address: transport.address,
    webAddress: transport.webAddress,
    get callsInFlight() {
      return callsInFlight()
    },
    leave: () => transport.leave(),
    async drain(timeoutMs, hurry) {
      transport.stopAccepting()
      return (await isInTime(timeoutMs, letAllEnd(), hurry)) ? 0 : await cutAll()
    },
    async [Symbol.asyncDispose]() {
      transport.stopAccepting()
      const cut = cutAll()
      await transport.close()
      await cut
    },
  }
}
