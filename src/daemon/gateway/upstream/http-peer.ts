import { Agent as HttpAgent, type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { withoutBrackets } from '../../../shared/host-port.js'
import type { ServiceTls } from './service-address.js'

/** Services close what is idle, some after two seconds, and a request that meets the close is lost. */
const IDLE_MS = 1_000
const MAX_IDLE = 16
const CONNECT_MS = 10_000

/** A service that speaks HTTP/1.1: a connection for each request in flight. Redirects are not followed. */
export class HttpPeer implements Disposable {
  readonly url: URL
  readonly #isTls: boolean
  readonly #agent: HttpAgent
  readonly #request: typeof httpRequest

  /** @param endpoint `https` and `grpcs` are TLS, everything else is cleartext */
  constructor(endpoint: URL, { ca, cert, key, serverName: servername }: ServiceTls = {}) {
    this.url = new URL(endpoint.href.replace(/^grpc/, 'http'))
    this.#isTls = this.url.protocol === 'https:'
    const options = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE }
    const tls = { ca, cert, key, ...(servername !== undefined && { servername }) }
    this.#agent = this.#isTls ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options)
    this.#request = this.#isTls ? httpsRequest : httpRequest
  }

  /** A request that somebody else writes and ends; to the path of the endpoint where none is given. */
  request(options: Pick<RequestOptions, 'method' | 'path' | 'headers'>): ClientRequest {
    return this.#request(this.url, { ...options, agent: this.#agent })
  }

  /** Why it cannot be connected to; undefined when it can. */
  reach(): Promise<string | undefined> {
    const { hostname, port } = this.url
    const host = withoutBrackets(hostname)
    const at = { host, port: Number(port || (this.#isTls ? 443 : 80)) }
    return new Promise((done) => {
      const socket = this.#isTls ? connectTls(isIP(host) === 0 ? { ...at, servername: host } : at) : connectTcp(at)
      const settle = (reason?: string): void => {
        socket.destroy()
        done(reason)
      }
      socket.setTimeout(CONNECT_MS, () => settle('no connection: it does not answer'))
      socket.once(this.#isTls ? 'secureConnect' : 'connect', () => settle())
      socket.once('error', ({ code, message }: NodeJS.ErrnoException) => settle(`no connection: ${code ?? message}`))
    })
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
