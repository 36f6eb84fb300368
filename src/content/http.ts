import { type Dispatcher, request } from 'undici'
import { hostOf, messageOf, SnetError } from '../shared/errors.js'
import { cutShort } from '../shared/short-text.js'
import { openCheckedWay, PUBLIC_INTERNET, RefusedRedirect, type Resolver, targetOf } from './redirects.js'

export interface Ask {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** The part of the path that messages may show: the rest of the URL may hold a key. */
  readonly shown: string
  readonly accept?: string | undefined
}

export interface Limits {
  readonly maxBytes: number
  readonly redirects: boolean
  /** The setting that names the endpoint. */
  readonly setting: string
  readonly resolver?: Resolver | undefined
}

export interface Fetched {
  readonly status: number
  readonly body: Uint8Array
}

const MAX_REDIRECTS = 3
const REDIRECTING = [301, 302, 303, 307, 308]

/**
 * The answer to one request, whose size is bounded while it arrives. The asked host is configured and may be anywhere;
 * where a redirect leads is somebody else's choice, so it is refused or, when allowed, checked.
 *
 * Errors: `unavailable`; `check-failed` for an answer beyond the limit; `invalid-config` for a redirect not followed.
 */
export async function fetchBounded(ask: Ask, limits: Limits, signal: AbortSignal): Promise<Fetched> {
  try {
    return await follow(ask, limits, signal)
  } catch (cause) {
    throw failureOf(ask, limits, cause)
  }
}

/** The error for a failed request. */
export function failureOf(ask: Ask, limits: Limits, cause: unknown): SnetError {
  const [kind, hint] = judge(cause, limits)
  const message = `${ask.method} ${hostOf(ask.url)}${ask.shown} failed: ${cutShort(messageOf(cause), 300)}`
  return new SnetError(kind, message, { hint, cause })
}

class TooLarge extends Error {}

function judge(
  cause: unknown,
  { setting, redirects }: Limits,
): ['check-failed' | 'invalid-config' | 'unavailable', string] {
  if (cause instanceof TooLarge) return ['check-failed', `Check ${setting}: metadata is never that large.`]
  if (!(cause instanceof RefusedRedirect)) {
    return ['unavailable', `Check that ${setting} is right and reachable from this host.`]
  }
  const orElse = redirects ? '' : ', or metadata_redirects to true where that host may redirect'
  return ['invalid-config', `Set ${setting} to an address that serves content itself${orElse}.`]
}

async function follow(ask: Ask, limits: Limits, signal: AbortSignal): Promise<Fetched> {
  let { method } = ask
  let url = new URL(ask.url)
  let answer = await send(url, { ...ask, authorization: credentialsOf(url) }, limits, signal)
  for (let hops = 1; answer.location !== undefined; hops++) {
    if (!limits.redirects) {
      const to = URL.canParse(answer.location, url.href) ? new URL(answer.location, url).host : 'nowhere'
      throw new RefusedRedirect(`it redirects to ${to}, and metadata_redirects is off`)
    }
    if (hops > MAX_REDIRECTS) throw new RefusedRedirect(`it redirects more than ${MAX_REDIRECTS} times`)
    url = targetOf(answer.location, url)
    if (answer.status === 303) method = 'GET'
    const way = await openCheckedWay(url, limits.resolver ?? PUBLIC_INTERNET)
    try {
      answer = await send(url, { method, accept: ask.accept, dispatcher: way }, limits, signal)
    } finally {
      await way.destroy()
    }
  }
  return answer
}

interface Sending {
  readonly method: 'GET' | 'POST'
  readonly accept?: string | undefined
  /** Sent to the configured host only. */
  readonly authorization?: string | undefined
  readonly dispatcher?: Dispatcher
}

async function send(
  url: URL,
  { method, accept, authorization, dispatcher }: Sending,
  { maxBytes }: Limits,
  signal: AbortSignal,
): Promise<Fetched & { location?: string | undefined }> {
  const { statusCode, headers, body } = await request(url, {
    method,
    signal,
    // Content is proved byte for byte: nothing may pack it on the way, and nothing has to be unpacked here.
    headers: { 'accept-encoding': 'identity', ...(accept && { accept }), ...(authorization && { authorization }) },
    ...(dispatcher && { dispatcher }),
  })
  const location = REDIRECTING.includes(statusCode) ? [headers['location'] ?? []].flat()[0] : undefined
  if (location !== undefined) {
    leave(body)
    return { status: statusCode, body: Buffer.alloc(0), location }
  }
  return { status: statusCode, body: await readBounded(body, headers['content-length'], maxBytes) }
}

type Body = Dispatcher.ResponseData['body']

async function readBounded(body: Body, announced: string | string[] | undefined, maxBytes: number): Promise<Buffer> {
  const tooLarge = new TooLarge(`the answer is larger than ${maxBytes} bytes`)
  if (Number(announced ?? 0) > maxBytes) {
    leave(body)
    throw tooLarge
  }
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > maxBytes) throw tooLarge
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Stops reading, and closes the connection. */
const leave = (body: Body): void => void body.on('error', () => undefined).destroy()

/** User and password of a URL, as clients send them; nobody but the configured host gets them. */
function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(plain).toString('base64')}`
}
