import { AddressSet } from '../../../shared/address-set.js'
import type { Log } from '../../observability/index.js'
import type { CallServer } from '../call.js'
import type { DataPlane } from '../data-plane.js'
import type { ClientLimits } from './clients/index.js'
import { serveRequests } from './http1/index.js'
import { type Http2Bounds, type Patience, serveStreams } from './http2/index.js'
import type { OnLimit } from './connection-limits.js'
import { createOrigins } from './origins.js'
import { createPages, type PagesDeps } from './pages.js'
import { openPort, type Port, type PortConfig } from './port.js'
import { openSplitPort, type Split } from './split-port.js'
import type { TlsTerms } from './tls/index.js'
import { UnreadAnswers, type UnreadLimits } from './unread-answers.js'
import { webForms } from './web/index.js'

export interface TransportConfig {
  readonly endpoint: { readonly host: string; readonly port: number }
  /** Undefined for cleartext. */
  readonly tls: TlsTerms | undefined
  readonly maxConnections: number
  /** Two ports in place of the one of `endpoint`; undefined for one. */
  readonly split: Split | undefined
  readonly dataPlane: DataPlane
  readonly maxStreamsPerConnection: number
  readonly maxHeaderBytes: number
  readonly http2: Http2Bounds
  /** Of web pages that may make calls, as browsers write them; `*` for all. */
  readonly allowedOrigins: readonly string[]
  /** Who clients are, and what each of them may have. */
  readonly clients: ClientLimits
  /** How long connections last. */
  readonly lifetimes: Lifetimes
  /** What clients may leave unread of their answers. */
  readonly unread: UnreadLimits
}

export type Lifetimes = Patience & Pick<PortConfig, 'firstBytesTimeoutMs'>

export interface TransportDeps extends PagesDeps {
  readonly server: CallServer
  readonly log: Log
  readonly onConnectionLimit?: OnLimit
}

/** The address of what serves web pages, where that is another one. */
export type Transport = Port & { readonly webAddress?: Port['address'] }

/** Opens the port, and hands its calls to `server`; what is no call is answered here. Error: `invalid-config`. */
export function openTransport(
  config: TransportConfig,
  { server, log, onConnectionLimit = () => undefined, ...deps }: TransportDeps,
): Promise<Transport> {
  const origins = createOrigins(config.allowedOrigins)
  const pages = createPages(deps, origins)
  const trustedProxies = new AddressSet(config.clients.trustedProxies)
  const unread = new UnreadAnswers(config.unread, () => onConnectionLimit('unread'))
  const calls = { server, trustedProxies, unread, webForm: webForms(origins), log }
  const portDeps = {
    onStream: serveStreams(config, { ...calls, pages }),
    onRequest: serveRequests(config, calls),
    pages,
    onFault: (error: unknown) => log.error('a connection was ended by a mistake of this daemon', { error }),
    onLimit: onConnectionLimit,
    onRefusal: (error: Error) => log.warn('a client could not connect', { error }),
  }
  const { endpoint, split } = config
  const open = (port: Pick<PortConfig, 'port' | 'speaks' | 'setting'>): Promise<Port> =>
    openPort({ ...config, host: endpoint.host, ...config.lifetimes, ...port }, portDeps)
  if (split) return openSplitPort(split, open)
  return open({ port: endpoint.port, speaks: 'both', setting: 'daemon_endpoint' })
}
