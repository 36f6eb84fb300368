import { AddressSet } from '../../../shared/address-set.js'
import { isInTime } from '../../../shared/in-time.js'
import type { Gateway, GatewayConfig } from '../gateway.js'
import { type OnLimit, openPlainPort, type Page, type PageRequest, type PlainPortConfig } from '../transport/index.js'
import type { ServiceTls } from '../upstream/index.js'
import { FOR_ALL_PAGES } from './fields.js'
import { PlainRequests, type RequestsDeps } from './plain-requests.js'
import { echo, PlainService } from './plain-service.js'

type OfGateway = 'serviceTimeoutMs' | 'clientStallMs' | 'maxCallsInFlight' | 'rate' | 'clientRate'

export interface PlainConfig extends PlainPortConfig, Pick<GatewayConfig, OfGateway> {
  /** Where every request goes; undefined where each comes back as its answer. */
  readonly service: { readonly endpoint: URL; readonly tls: ServiceTls | undefined } | undefined
}

export interface PlainGatewayDeps extends Pick<RequestsDeps, 'log' | 'onLimited'> {
  readonly onConnectionLimit?: OnLimit
}

/** How long requests that were cut may take to leave. */
const LEAVE_TIMEOUT_MS = 1_000

/** Opens the port whose requests go to one URL, paid by nobody (snet-wire 5.6). Error: `invalid-config`. */
export async function startPlainGateway(
  config: PlainConfig,
  { log, onLimited, onConnectionLimit = () => undefined }: PlainGatewayDeps,
): Promise<Gateway> {
  const service = config.service && new PlainService(config.service.endpoint, config.service.tls)
  const requests = new PlainRequests(
    {
      ...{ serviceTimeoutMs: config.serviceTimeoutMs, clientStallMs: config.clientStallMs },
      ...{ maxInFlight: config.maxCallsInFlight, rate: config.rate, clientRate: config.clientRate },
    },
    { answer: service?.answer ?? echo, trustedProxies: new AddressSet(config.clients.trustedProxies), log, onLimited },
  )
  const port = await openPlainPort(config, { onRequest: requests.onRequest, pages, log, onConnectionLimit })
  const stopAccepting = (): void => {
    requests.stop()
    port.stopAccepting()
  }
  const cutAll = async (): Promise<number> => {
    const cut = requests.cut()
    await isInTime(LEAVE_TIMEOUT_MS, requests.whenIdle())
    return cut
  }
  return {
    address: port.address,
    webAddress: undefined,
    get callsInFlight() {
      return requests.inFlight
    },
    leave: () => port.leave(),
    async drain(timeoutMs, hurry) {
      stopAccepting()
      return (await isInTime(timeoutMs, requests.whenIdle(), hurry)) ? 0 : await cutAll()
    },
    async [Symbol.asyncDispose]() {
      stopAccepting()
      await cutAll()
      await port.close()
      service?.[Symbol.dispose]()
    },
  }
}

/** For so long a browser need not ask again: the longest that any of them keeps to. */
const MAX_AGE_S = '7200'

/** What is not for the service: a browser's question, or a method that nobody is asked by. */
const pages = ({ method }: PageRequest): Promise<Page> => {
  const cors = Object.fromEntries(FOR_ALL_PAGES)
  if (method !== 'OPTIONS')
    return Promise.resolve({ status: 405, type: 'text/plain', body: '405 method not allowed\n', headers: cors })
  const headers = { ...cors, 'access-control-allow-methods': '*', 'access-control-max-age': MAX_AGE_S }
  return Promise.resolve({ status: 204, body: '', headers })
}
