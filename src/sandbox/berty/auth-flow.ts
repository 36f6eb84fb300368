import { createHash } from 'node:crypto'
import { bertyError } from './errors.js'
import type { Random } from './random.js'

const SERVICES_AUTH = 4000
const WRONG_STATE = 4002
const REDIRECT = 'berty://services-auth/'

interface Flow {
  readonly state: string
  readonly verifier: string
  readonly base: string
}

/** Berty's side of the OAuth flow with a token server. Only the latest flow can be completed, any number of times. */
export class AuthFlow {
  #latest: Flow | undefined
  readonly #tokens = new Set<string>()

  constructor(private readonly random: Random) {}

  init(authUrl: string): object {
    if (!URL.canParse(authUrl)) throw bertyError([SERVICES_AUTH], 'the auth url is none')
    const base = authUrl.replace(/\/+$/, '')
    const [state, verifier] = [this.#text(16), this.#text(32)]
    this.#latest = { state, verifier, base }
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'berty',
      redirect_uri: REDIRECT,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    return { url: `${base}/authorize?${query.toString()}`, secure_url: base.startsWith('https:') }
  }

  #text(bytes: number): string {
    return this.random.bytes(bytes).toString('base64url')
  }

  async complete(callbackUrl: string): Promise<object> {
    const query = URL.canParse(callbackUrl) ? new URL(callbackUrl).searchParams : new URLSearchParams()
    const flow = this.#latest
    if (!flow || query.get('state') !== flow.state) throw bertyError([WRONG_STATE])
    const code = query.get('code')
    if (!code) throw bertyError([SERVICES_AUTH], query.get('error_description') ?? 'the callback carries no code')
    const answer = await this.#exchange(flow, code)
    const services = answer['services']
    const hasServices = typeof services === 'object' && services !== null && Object.keys(services).length > 0
    const token = answer['access_token']
    if (typeof token !== 'string' || token === '' || !hasServices)
      throw bertyError([SERVICES_AUTH], 'the token server names no token or no service')
    const tokenId = createHash('sha256').update(token).digest('base64url')
    this.#tokens.add(tokenId)
    return { token_id: tokenId }
  }

  knows(tokenId: string): boolean {
    return this.#tokens.has(tokenId)
  }

  async #exchange({ base, verifier }: Flow, code: string): Promise<Record<string, unknown>> {
    const form = { grant_type: 'authorization_code', code, client_id: 'berty', code_verifier: verifier }
    try {
      const answer = await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
      if (answer.ok) return (await answer.json()) as Record<string, unknown>
      throw new Error(`status ${String(answer.status)}`)
    } catch (thrown) {
      throw bertyError([SERVICES_AUTH], `the token server does not answer: ${String(thrown)}`)
    }
  }
}
