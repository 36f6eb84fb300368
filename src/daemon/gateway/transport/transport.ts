import type { TlsPair } from '../../../shared/tls-files.js'
import type { Log } from '../../observability/index.js'
import type { CallServer } from '../call.js'
import { serveStreams } from './http2/index.js'
import { createPages, type PagesDeps } from './pages.js'
import { openPort, type Port } from './port.js'
import { UnreadAnswers, type UnreadLimits } from './unread-answers.js'

export interface TransportConfig {
  readonly endpoint: { readonly host: string; readonly port: number }
  /** Undefined for cleartext. */
  readonly tls: TlsPair | undefined
  readonly maxConnections: number
  readonly maxStreamsPerConnection: number
  readonly maxHeaderBytes: number
  /** What clients may leave unread of their answers. */
  readonly unread: UnreadLimits
}

export interface TransportDeps extends PagesDeps {
  readonly server: CallServer
  readonly log: Log
}

const TIMEOUTS = { firstBytesTimeoutMs: 10_000, silenceMs: 8_000, unansweredMs: 60_000, idleTimeoutMs: 600_000 }

/** Opens the port, and hands its calls to `server`; what is no call is answered here. Error: `invalid-config`. */
export function openTransport(config: TransportConfig, { server, log, ...deps }: TransportDeps): Promise<Port> {
  const unread = new UnreadAnswers(config.unread)
  const pages = createPages(deps)
  return openPort(
    { ...config, ...config.endpoint, ...TIMEOUTS },
    {
      onStream: serveStreams(config, { server, unread, pages, log }),
      pages,
      onRefusal: (error) => log.warn('a client could not connect', { error }),
    },
  )
}
