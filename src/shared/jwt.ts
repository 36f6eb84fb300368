import { createHmac, timingSafeEqual } from 'node:crypto'
import { isObject } from './is-object.js'

/** The hash of each algorithm that signs with a shared secret. */
const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

export type JwtClaims = Readonly<Record<string, unknown>>

/** A JSON web token over these claims, in their order. */
export function signJwt(claims: JwtClaims, secret: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/**
 * The claims of a token that was signed with the secret and has not expired, whichever of the three hashes its signer
 * chose. Throws an Error with the text that clients of the reference know (snet-wire 3.5).
 */
export function readJwt(token: string, secret: string, nowMs: number): JwtClaims {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (signature === '' || more.length > 0) throw malformed('token contains an invalid number of segments')
  const { alg } = decode(head, 'header')
  const claims = decode(body, 'claim')
  const hash = typeof alg === 'string' && Object.hasOwn(HASHES, alg) ? HASHES[alg] : undefined
  if (hash === undefined)
    throw new Error(
      `token is unverifiable: error while executing keyfunc: unexpected signing method: ${String(alg).slice(0, 100)}`,
    )
  const expected = createHmac(hash, secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error('token signature is invalid: signature is invalid')
  const { exp } = claims
  if (exp !== undefined && !(typeof exp === 'number' && nowMs < exp * 1_000))
    throw new Error('token has invalid claims: token is expired')
  return claims
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

function decode(text: string, what: string): JwtClaims {
  let part: unknown
  try {
    part = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw malformed(`could not JSON decode ${what}`)
  }
  if (!isObject(part)) throw malformed(`could not JSON decode ${what}`)
  return part
}

const malformed = (how: string): Error => new Error(`token is malformed: ${how}`)
