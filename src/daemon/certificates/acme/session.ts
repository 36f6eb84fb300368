import { cutShort } from '../../../shared/short-text.js'
import { printableLine } from '../../../shared/printable.js'
import { isObject } from '../../../shared/is-object.js'
import type { AccountKey } from './account-key.js'
import { type Answer, ask } from './https.js'

/** A refusal of the authority. */
export class AcmeRefusal extends Error {
  /** How long it asks us to wait; undefined where it does not say. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs: number | undefined) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

export interface SessionConfig {
  readonly directory: string
  readonly directoryCa: Buffer | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** A thing of the authority's as it answers it. */
export interface Resource {
  readonly url: string
  readonly fields: Fields
  readonly text: string
  readonly retryAfterMs: number | undefined
}

const MAX_NONCE_TRIES = 5

/** Signed requests to one authority (RFC 8555 6). */
export class AcmeSession {
  readonly #config: SessionConfig
  readonly #key: AccountKey
  readonly #signal: AbortSignal
  #directory: Fields | undefined
  #account: string | undefined
  #nonce: string | undefined

  constructor(config: SessionConfig, { key, signal }: { key: AccountKey; signal: AbortSignal }) {
    this.#config = config
    this.#key = key
    this.#signal = signal
  }

  /** Makes the account of the key, or finds it. */
  async openAccount(email: string | undefined): Promise<void> {
    const contact = email === undefined ? {} : { contact: [`mailto:${email}`] }
    const account = await this.#post(await this.#urlOf('newAccount'), { termsOfServiceAgreed: true, ...contact })
    this.#account = account.url
  }

  async newOrder(domain: string): Promise<Resource> {
    return await this.#post(await this.#urlOf('newOrder'), { identifiers: [{ type: 'dns', value: domain }] })
  }

  /** @param payload undefined to read */
  async post(url: string, payload?: Fields): Promise<Resource> {
    return await this.#post(url, payload)
  }

  async #post(url: string, payload: Fields | undefined): Promise<Resource> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#ask(url, 'POST', this.#envelope(url, await this.#takeNonce(), payload))
      if (answer.status < 400) return this.#toResource(url, answer)
      const fault = fieldsOf(answer.body)
      if (fault['type'] !== 'urn:ietf:params:acme:error:badNonce' || tries === MAX_NONCE_TRIES)
        throw new AcmeRefusal(faultText(answer.status, fault), retryAfter(answer))
    }
  }

  #toResource(url: string, answer: Answer): Resource {
    const location = answer.headers['location']
    return {
      url: typeof location === 'string' ? new URL(location, url).href : url,
      fields: fieldsOf(answer.body),
      text: answer.body,
      retryAfterMs: retryAfter(answer),
    }
  }

  #envelope(url: string, nonce: string, payload: Fields | undefined): string {
    const { algorithm: alg, jwk } = this.#key
    const who = this.#account === undefined ? { jwk } : { kid: this.#account }
    const head = base64url(JSON.stringify({ alg, nonce, url, ...who }))
    const body = payload === undefined ? '' : base64url(JSON.stringify(payload))
    const signature = this.#key.sign(`${head}.${body}`).toString('base64url')
    return JSON.stringify({ protected: head, payload: body, signature })
  }

  async #takeNonce(): Promise<string> {
    if (this.#nonce === undefined) await this.#ask(await this.#urlOf('newNonce'), 'HEAD')
    const nonce = this.#nonce
    this.#nonce = undefined
    if (nonce === undefined) throw new Error('the authority hands out no nonce')
    return nonce
  }

  async #urlOf(name: string): Promise<string> {
    if (!this.#directory) {
      const { status, body } = await this.#ask(this.#config.directory, 'GET')
      if (status !== 200) throw new Error(`the directory of the authority answers ${status}`)
      this.#directory = fieldsOf(body)
    }
    return textIn(this.#directory, name)
  }

  async #ask(url: string, method: 'GET' | 'HEAD' | 'POST', body?: string): Promise<Answer> {
    const { directoryCa: ca } = this.#config
    const answer = await ask(url, { method, ca, signal: this.#signal, ...(body !== undefined && { body }) })
    const nonce = answer.headers['replay-nonce']
    if (typeof nonce === 'string' && /^[\w-]{1,512}$/.test(nonce)) this.#nonce = nonce
    return answer
  }
}

const base64url = (text: string): string => Buffer.from(text).toString('base64url')

function fieldsOf(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** Throws where there is no such text. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string') throw new Error(`the authority names no ${name}`)
  return value
}

/** What a problem of RFC 7807 says, in one line. */
export function faultText(status: number | undefined, { type, detail }: Fields): string {
  const parts = [type, detail]
    .filter((part) => typeof part === 'string')
    .map((part) => part.replace(/^urn:ietf:params:acme:error:/, ''))
  return printableLine(cutShort(parts.join(': ') || `the authority answers ${status ?? 'without a reason'}`, 400))
}

const MAX_WAIT_MS = 24 * 3_600_000

function retryAfter({ headers }: Answer): number | undefined {
  const text = headers['retry-after']
  if (typeof text !== 'string') return undefined
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_WAIT_MS) : undefined
}
