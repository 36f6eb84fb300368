import { createRoutes, type RoutesConfig, type RoutesDeps, serveByRoute } from './routes.js'
import { isInTime } from './tracked-set.js'
import { openTransport, type PagesDeps, type TransportConfig } from './transport/index.js'
import type { Upstream } from './upstream/index.js'

export interface GatewayConfig extends TransportConfig, RoutesConfig {}

export interface GatewayDeps extends RoutesDeps, PagesDeps {
  readonly upstream: Upstream
}

export interface Gateway extends AsyncDisposable {
  readonly address: { readonly host: string; readonly port: number }
  /** Where web pages connect, if that is another address. */
  readonly webAddress: Gateway['address'] | undefined
  readonly callsInFlight: number
  /** Takes no new calls, lets those in flight finish, cuts what is left after the timeout; returns how many were cut. */
  drain(timeoutMs: number): Promise<number>
}

/** How long calls that were cut may take to leave, such as one whose payment is being written. */
const LEAVE_TIMEOUT_MS = 5_000

/** Opens the port that paying clients connect to. Error: `invalid-config` when it cannot be had. */
export async function startGateway(config: GatewayConfig, deps: GatewayDeps): Promise<Gateway> {
  const { rows: routes, waiting } = createRoutes(config, deps)
  const transport = await openTransport(config, { ...deps, server: serveByRoute(routes) })
  const stopAccepting = (): void => {
    for (const part of [...routes.map(({ calls }) => calls), ...waiting]) part.close()
    transport.stopAccepting()
  }
  const callsInFlight = (): number => routes.reduce((sum, { calls, lasts }) => sum + (lasts ? 0 : calls.inFlight), 0)
  const cutAll = async (): Promise<number> => {
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
    async drain(timeoutMs) {
      stopAccepting()
      const allOver = Promise.all(routes.map((route) => route.whenOver()))
      return (await isInTime(timeoutMs, allOver)) ? 0 : await cutAll()
    },
    async [Symbol.asyncDispose]() {
      stopAccepting()
      const cut = cutAll()
      await transport.close()
      await cut
    },
  }
}
