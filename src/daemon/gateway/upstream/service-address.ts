import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { withoutBrackets } from '../../../shared/host-port.js'
import type { ServiceAddress } from './service-stream.js'

/** How TLS to a service is spoken; each part may be left to the system. */
export interface ServiceTls {
  /** Authorities in place of the system's. */
  readonly ca?: Buffer | undefined
  /** What we show of ourselves. */
  readonly cert?: Buffer | undefined
  readonly key?: Buffer | undefined
  /** Whose certificate is expected, where that is not the host. */
  readonly serverName?: string | undefined
}

/** @param endpoint `http` and `grpc` are cleartext, `https` and `grpcs` TLS, `unix:/path` a socket of this host */
export function serviceAddress(endpoint: URL, tls: ServiceTls = {}): ServiceAddress {
  if (endpoint.protocol === 'unix:') {
    const path = decodeURIComponent(endpoint.pathname)
    return { scheme: 'http', authority: 'localhost', shown: `unix:${path}`, connect: () => connectTcp({ path }) }
  }
  const isTls = endpoint.protocol === 'https:' || endpoint.protocol === 'grpcs:'
  const port = Number(endpoint.port || (isTls ? 443 : 80))
  const authority = `${endpoint.hostname}:${port}`
  const at = { host: withoutBrackets(endpoint.hostname), port }
  if (!isTls)
    return { scheme: 'http', authority, shown: authority, connect: () => connectTcp({ ...at, noDelay: true }) }
  const { ca, cert, key, serverName: servername } = tls
  const terms = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), ...(servername && { servername }) }
  return {
    scheme: 'https',
    authority,
    shown: authority,
    connect: (protocols) => connectTls({ ...at, ...terms, ALPNProtocols: [...protocols] }).setNoDelay(true),
  }
}
