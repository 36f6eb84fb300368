import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom, type Random } from './random.js'

const REDIRECT = 'berty://services-auth/'
const MOST_FORM_BYTES = 16_384

export interface TokenServer extends AsyncDisposable {
  /** HOST:PORT. */
  readonly endpoint: string
  readonly url: string
  /** How many tokens were issued so far. */
  readonly tokens: readonly string[]
}

export interface TokenServerOptions {
  readonly seed?: string
  readonly port?: number
  /** Whether the page redirects at once; otherwise the user has to press its button. */
  readonly isClickless?: boolean
  /** The services that the token is good for, by id, with their addresses. */
  readonly services?: Readonly<Record<string, string>>
}

/** The codes and tokens that were issued, and the options of the server. */
interface Issued {
  readonly codes: Map<string, string>
  readonly tokens: string[]
  readonly random: Random
  readonly options: TokenServerOptions
}

/** Stands in for `berty token-server`: serves the pages of its OAuth flow and checks PKCE (berty 2). */
export async function startTokenServer(options: TokenServerOptions = {}): Promise<TokenServer> {
  const random = createRandom(`${options.seed ?? 'berty'}/token-server`)
  const issued: Issued = { codes: new Map(), tokens: [], random, options }
  const server = createServer((request, response) => void answer(request, response, issued))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: options.port ?? 0 }, resolve)
  })
  const endpoint = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    endpoint,
    url: `http://${endpoint}`,
    tokens: issued.tokens,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, issued: Issued): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://token-server')
  if (url.pathname === '/authorize') return authorize(request.method ?? 'GET', url.searchParams, response, issued)
  const isToken = url.pathname === '/oauth/token' && request.method === 'POST'
  if (!isToken) return json(response, 404, { error: 'not_found' })
  const form = await formOf(request)
  if (form) exchange(form, response, issued)
  else json(response, 413, { error: 'invalid_request' })
}

function authorize(method: string, query: URLSearchParams, response: ServerResponse, issued: Issued): void {
  if (query.get('redirect_uri') !== REDIRECT)
    return json(response, 400, { error: 'invalid_request', error_description: 'unexpected redirect_uri' })
  const isClicked = method === 'POST' || issued.options.isClickless === true
  if (!isClicked) return html(response, '<form method="post"><input type="submit" value="Authorize"></form>')
  const callback = new URL(REDIRECT)
  const fault = faultOf(query)
  if (fault) {
    callback.searchParams.set('error', 'invalid_request')
    callback.searchParams.set('error_description', fault)
  } else {
    const code = issued.random.bytes(24).toString('base64url')
    issued.codes.set(code, query.get('code_challenge') ?? '')
    callback.searchParams.set('code', code)
    callback.searchParams.set('state', query.get('state') ?? '')
  }
  response.setHeader('x-auth-redirect', callback.href)
  html(response, `<textarea>${escapeHtml(callback.href)}</textarea><script>/* opens the app */</script>`)
}

function faultOf(query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'unexpected response_type'
  if (query.get('client_id') !== 'berty') return 'unexpected client_id'
  if (!query.get('state')) return 'no state'
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge')) return 'unexpected code challenge'
  return undefined
}

function exchange(form: URLSearchParams, response: ServerResponse, issued: Issued): void {
  const challenge = issued.codes.get(form.get('code') ?? '')
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  const isRight =
    form.get('grant_type') === 'authorization_code' && form.get('client_id') === 'berty' && proof === challenge
  if (!isRight) return json(response, 400, { error: 'invalid_grant' })
  const token = issued.random.bytes(32).toString('base64url')
  issued.tokens.push(token)
  const services = issued.options.services ?? { rpl: '127.0.0.1:9095' }
  json(response, 200, { access_token: token, token_type: 'bearer', scope: Object.keys(services).join(' '), services })
}

/** The body of a request; empty if it is too long. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MOST_FORM_BYTES) return undefined
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><body>${body}</body>`)
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
