import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { pause } from '../../../shared/clock.js'
import { isObject } from '../../../shared/is-object.js'
import { withTimeLimit } from '../../../shared/time-limit.js'
import type { TlsPair } from '../../../shared/tls-files.js'
import { AccountKey } from './account-key.js'
import { AcmeRefusal, AcmeSession, faultText, type Resource, type SessionConfig, textIn } from './session.js'
import { certificateRequest, challengeCertificate } from './x509.js'

export type ChallengeKind = 'http-01' | 'tls-alpn-01'

export interface AcmeConfig extends SessionConfig {
  readonly domain: string
  readonly email: string | undefined
  readonly challenge: ChallengeKind
}

/** Where answers to challenges are looked up while the authority may ask for them. */
export interface Challenges {
  /** Texts by token. */
  readonly http: Map<string, string>
  /** Certificates by domain. */
  readonly tls: Map<string, TlsPair>
}

export interface ObtainDeps {
  readonly account: KeyObject
  readonly challenges: Challenges
  readonly now: () => number
  readonly signal: AbortSignal
}

const TIME_LIMIT_MS = 5 * 60_000
/** Between two questions whether something is ready, where the authority does not say. */
const POLL_MS = { first: 250, longest: 5_000 }

/** Proves that the domain is ours, and has a new key certified. Fails with what the authority or the network said. */
export function obtainCertificate(config: AcmeConfig, deps: ObtainDeps): Promise<TlsPair> {
  const late = (): Error => new Error('the authority did not finish within 5 minutes')
  return withTimeLimit({ ms: TIME_LIMIT_MS, signal: deps.signal, late }, async (signal) => {
    const key = new AccountKey(deps.account)
    const session = new AcmeSession(config, { key, signal })
    await session.openAccount(config.email)
    const order = await session.newOrder(config.domain)
    for (const url of textsIn(order, 'authorizations')) await prove(session, url, config, { ...deps, key, signal })
    const pair = newKey()
    const csr = certificateRequest(config.domain, pair).toString('base64url')
    await session.post(textIn(order.fields, 'finalize'), { csr })
    const done = await settled(session, order.url, ['valid'], signal)
    const { text } = await session.post(textIn(done.fields, 'certificate'))
    return { cert: Buffer.from(text), key: Buffer.from(pair.export({ type: 'sec1', format: 'pem' })) }
  })
}

/** A key on the curve that every client knows. */
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey

type ProveDeps = Pick<ObtainDeps, 'challenges' | 'now'> & { readonly key: AccountKey; readonly signal: AbortSignal }

async function prove(
  session: AcmeSession,
  url: string,
  { domain, challenge: kind }: AcmeConfig,
  { challenges, key, now, signal }: ProveDeps,
): Promise<void> {
  const authorization = await session.post(url)
  if (authorization.fields['status'] === 'valid') return
  const offered = Array.isArray(authorization.fields['challenges']) ? authorization.fields['challenges'] : []
  const challenge = offered.find((one): one is Record<string, unknown> => isObject(one) && one['type'] === kind)
  if (!challenge) throw new Error(`the authority does not offer the challenge ${kind}`)
  const token = textIn(challenge, 'token')
  // It becomes part of a path, and of nothing else (RFC 8555 8.3).
  if (!/^[\w-]{1,256}$/.test(token)) throw new Error('the authority hands out a token that is none')
  const proof = key.proofOf(token)
  try {
    if (kind === 'http-01') challenges.http.set(token, proof)
    else challenges.tls.set(domain, tlsAnswer(domain, proof, now))
    await session.post(textIn(challenge, 'url'), {})
    await settled(session, url, ['valid'], signal)
  } finally {
    challenges.http.delete(token)
    challenges.tls.delete(domain)
  }
}

function tlsAnswer(domain: string, proof: string, now: () => number): TlsPair {
  const key = newKey()
  const digest = createHash('sha256').update(proof).digest()
  const cert = challengeCertificate(domain, digest, key, new Date(now()))
  return { cert: Buffer.from(cert), key: Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })) }
}

/** What is at `url`, once it has one of these states. Error: it came to a bad end. */
async function settled(
  session: AcmeSession,
  url: string,
  states: readonly string[],
  signal: AbortSignal,
): Promise<Resource> {
  for (let waitMs = POLL_MS.first; ; waitMs = Math.min(waitMs * 2, POLL_MS.longest)) {
    const found = await session.post(url)
    const state = textIn(found.fields, 'status')
    if (states.includes(state)) return found
    if (!['pending', 'processing', 'ready'].includes(state)) throw new AcmeRefusal(reasonOf(state, found), undefined)
    await pause(Math.max(waitMs, Math.min(found.retryAfterMs ?? 0, POLL_MS.longest)), signal)
    signal.throwIfAborted()
  }
}

function reasonOf(state: string, { fields }: Resource): string {
  const challenges = Array.isArray(fields['challenges']) ? (fields['challenges'] as unknown[]) : []
  const faults = [fields, ...challenges].flatMap((one) =>
    isObject(one) && isObject(one['error']) ? [one['error']] : [],
  )
  return faults[0] ? faultText(undefined, faults[0]) : `the authority calls it ${state.slice(0, 40)}`
}

function textsIn({ fields }: Resource, name: string): string[] {
  const list = fields[name]
  if (!Array.isArray(list) || list.length > 10 || !list.every((one) => typeof one === 'string'))
    throw new Error(`the authority names no ${name}`)
  return list
}
