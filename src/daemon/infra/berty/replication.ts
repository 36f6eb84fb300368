import { type IncomingMessage, request } from 'node:http'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { withTimeLimit } from '../../../shared/time-limit.js'
import type { BertyMessengerMethods } from '../../../shared/wire/index.js'
import type { PublicKey } from '../contract/keys.js'
import type { BertyCalls } from './calls.js'
import { answerTo } from '../../../shared/http-answer.js'
import { conversationKey } from './cids.js'
import { BertyError, isUnimplemented } from './errors.js'
import { callbackOf } from './replication-callback.js'

const DEFAULT_PORT = 9092
const MAX_PAGE_BYTES = 256 * 1024
const PAGE_TIMEOUT_MS = 15_000

/**
 * Lets Berty authorise itself at a token server, then registers the group for replication. Errors: `invalid-request`,
 * `upstream-failed` for the token server, `wrong-state` where this Berty cannot register (berty 2).
 */
export async function addReplication(
  calls: BertyCalls,
  group: PublicKey,
  tokenServer: string,
  signal?: AbortSignal,
): Promise<string> {
  const base = tokenServerUrl(tokenServer)
  const { url = '' } = await flow(calls, 'AuthServiceInitFlow', { auth_url: base.origin }, signal)
  const callback = callbackOf(await readPage(pageUrl(url, base), signal))
  const { token_id = '' } = await flow(calls, 'AuthServiceCompleteFlow', { callback_url: callback }, signal)
  if (token_id === '') throw new SnetError('upstream-failed', 'Berty made no token of what the token server answered')
  await register(calls, { token_id, conversation_public_key: conversationKey(group) }, signal)
  return token_id
}

/** HOST or HOST:PORT, as the older control daemon takes it. Error: `invalid-request`. */
export function tokenServerUrl(tokenServer: string): URL {
  const text = `http://${tokenServer}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url?.pathname === '/' && url.username === '' && url.search === '' && url.hash === ''
  if (!url || !isPlain || tokenServer.endsWith('/'))
    throw new SnetError('invalid-request', `the token server has to be HOST or HOST:PORT, not "${tokenServer}"`)
  // A port that is http's own is dropped by URL, yet was written.
  if (url.port === '' && !/:\d+$/.test(tokenServer)) url.port = String(DEFAULT_PORT)
  return url
}

/** In the messenger from 2.470.0 on, in the protocol service before. */
async function flow<Name extends 'AuthServiceInitFlow' | 'AuthServiceCompleteFlow'>(
  calls: BertyCalls,
  name: Name,
  message: BertyMessengerMethods[Name][0],
  signal?: AbortSignal,
): Promise<BertyMessengerMethods[Name][1]> {
  try {
    return await calls.messenger(name, message, signal)
  } catch (thrown) {
    if (!isUnimplemented(thrown)) throw thrown
    return calls.protocol(name, message, signal)
  }
}

/** Berty turns the address into https; token servers for tests speak http, and no other host is asked. */
function pageUrl(url: string, base: URL): URL {
  const page = URL.canParse(url) ? new URL(url.replace(/^https:/i, 'http:')) : undefined
  if (page?.protocol !== 'http:' || page.host !== base.host)
    throw new SnetError('upstream-failed', `Berty's authorisation leads elsewhere than to ${base.host}`)
  return page
}

export interface Page {
  readonly redirect: string | undefined
  readonly body: string
}

/** Errors: `upstream-failed`, `cancelled`. Redirects are not followed. */
function readPage(url: URL, signal?: AbortSignal): Promise<Page> {
  const failure = (reason: string): SnetError =>
    new SnetError('upstream-failed', `the token server at ${url.host} ${reason}`, {
      hint: 'Is it a Berty token server, run with -no-click?',
    })
  const late = (): SnetError => failure(`gave no complete answer within ${PAGE_TIMEOUT_MS / 1000} s`)
  return withTimeLimit({ ms: PAGE_TIMEOUT_MS, signal, late }, async (limit) => {
    const asking = request(url, { signal: limit, agent: false })
    try {
      const answered = answerTo(asking)
      asking.end()
      const response = await answered
      if (response.statusCode !== 200) throw failure(`answers ${response.statusCode ?? 'nothing'}`)
      const { 'x-auth-redirect': redirect } = response.headers
      return { redirect: [redirect].flat()[0], body: await readBody(response, failure) }
    } catch (cause) {
      throw cause instanceof SnetError ? cause : failure(`cannot be asked: ${messageOf(cause)}`)
    } finally {
      asking.destroy()
    }
  })
}

async function readBody(response: IncomingMessage, failed: (reason: string) => SnetError): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    if ((size += chunk.length) > MAX_PAGE_BYTES) throw failed(`answers more than ${MAX_PAGE_BYTES} bytes`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

type Registration = BertyMessengerMethods['ReplicationServiceRegisterGroup'][0]

async function register(calls: BertyCalls, message: Registration, signal?: AbortSignal): Promise<void> {
  try {
    await calls.messenger('ReplicationServiceRegisterGroup', message, signal)
  } catch (thrown) {
    const isRefusal = thrown instanceof BertyError && (thrown.codes.length > 0 || isUnimplemented(thrown))
    if (!isRefusal) throw thrown
    const { version, era } = calls.reached.current.probed.details
    throw new SnetError(
      'wrong-state',
      `this Berty (${version}, era ${era}) cannot register the group: ${thrown.message}`,
      {
        hint: 'Bertys from version 2.470.0 on cannot register groups for replication; the authorisation itself went well.',
        cause: thrown,
      },
    )
  }
}
