import type { Log } from '../../observability/index.js'
import type { OnRequest } from './http1/index.js'
import type { OnLimit } from './connection-limits.js'
import type { Pages } from './pages.js'
import { openPort, type Port } from './port.js'
import type { TransportConfig } from './transport.js'

export type PlainPortConfig = Omit<TransportConfig, 'split' | 'allowedOrigins' | 'unread'>

export interface PlainPortDeps {
  readonly onRequest: OnRequest
  /** For what `onRequest` leaves. */
  readonly pages: Pages
  readonly log: Log
  readonly onConnectionLimit: OnLimit
}

/** Opens a port that speaks HTTP/1.1 only, where requests of every method are handed on. Error: `invalid-config`. */
export const openPlainPort = (
  config: PlainPortConfig,
  { onRequest, pages, log, onConnectionLimit }: PlainPortDeps,
): Promise<Port> =>
  openPort(
    {
      ...{ ...config, ...config.endpoint, ...config.lifetimes },
      ...{ speaks: 'http1', everyMethod: true, setting: 'daemon_endpoint' },
    },
    {
      ...{ onRequest, pages },
      onStream: () => undefined,
      onLimit: onConnectionLimit,
      onFault: (error) => log.error('a connection was ended by a mistake of this daemon', { error }),
      onRefusal: (error) => log.warn('a client could not connect', { error }),
    },
  )
