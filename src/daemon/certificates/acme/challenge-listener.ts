import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SnetError } from '../../../shared/errors.js'

export interface ChallengeListenerConfig {
  /** 0 takes any free one. */
  readonly port: number
  readonly domain: string
}

export interface ChallengeListener extends AsyncDisposable {
  readonly port: number
}

const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
}
const MAX_CONNECTIONS = 256
const MAX_PATH = 2_048
const CHALLENGE = '/.well-known/acme-challenge/'

/**
 * Answers challenges over HTTP; what else is read is sent to https, and all the rest is refused (snet-behaviour 7).
 * Anybody may connect: one answer a connection, a few seconds for each, bodies are not read. Error: `invalid-config`.
 */
export async function openChallengeListener(
  { port, domain }: ChallengeListenerConfig,
  proofs: ReadonlyMap<string, string>,
): Promise<ChallengeListener> {
  const server = createServer({ ...LIMITS, keepAlive: false }, (request, response) => {
    try {
      answer(request, response, { domain, proofs })
    } catch {
      request.socket.destroy()
    }
  })
  server.maxConnections = MAX_CONNECTIONS
  server.maxRequestsPerSocket = 1
  server.on('clientError', (_error, socket) => socket.destroy())
  // An upgrade, or a tunnel, is not for here.
  server.on('connect', (_request, socket) => socket.destroy())
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => fail(cannotListen(port, cause)))
    server.listen(port, done)
  })
  server.on('error', () => undefined)
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
    },
  }
}

interface Answering {
  readonly domain: string
  readonly proofs: ReadonlyMap<string, string>
}

function answer(request: IncomingMessage, response: ServerResponse, { domain, proofs }: Answering): void {
  const { method = '', url = '/' } = request
  response.setHeader('connection', 'close')
  response.once('finish', () => request.destroy())
  if (method !== 'GET' && method !== 'HEAD') return tell(response, 400, 'Use HTTPS\n')
  if (url.startsWith(CHALLENGE)) {
    const proof = proofs.get(url.slice(CHALLENGE.length))
    return proof === undefined ? tell(response, 404, '404 page not found\n') : tell(response, 200, proof)
  }
  const path = url.startsWith('/') && url.length <= MAX_PATH && /^[\x21-\x7e]+$/.test(url) ? url : '/'
  response.setHeader('location', `https://${domain}${path}`)
  tell(response, 302, '')
}

function tell(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const cannotListen = (port: number, cause: NodeJS.ErrnoException): SnetError =>
  new SnetError('invalid-config', `auto_ssl_http_port ${port} cannot be listened on: ${cause.code ?? cause.message}`, {
    hint:
      cause.code === 'EACCES'
        ? 'Ports below 1024 are for privileged programs: grant CAP_NET_BIND_SERVICE, pass port 80 on to another one and set it here, or set auto_ssl_challenge to tls-alpn-01.'
        : 'Is another program on that port? Let it pass /.well-known/acme-challenge/ on to another one and set that here, or set auto_ssl_challenge to tls-alpn-01.',
    cause,
  })
