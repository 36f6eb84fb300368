import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readJwt, signJwt } from '../../../src/shared/jwt.js'

/** Made by the reference (snet-wire 3.5). */
const SECRET = 'test-secret-key-at-least-32-bytes-long'
const EXPIRES = 1_767_225_600
const CLAIMS = {
  exp: EXPIRES,
  groupId: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  orgId: 'ExampleOrg',
  payload: '7',
  userAddress: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A',
}
const TOKEN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3NjcyMjU2MDAsImdyb3VwSWQiOiJxNnVycTZ1cnE2dXJxNnVycTZ1cnE2dXJxNnVycTZ1cnE2dXJxNnVycTZzPSIsIm9yZ0lkIjoiRXhhbXBsZU9yZyIsInBheWxvYWQiOiI3IiwidXNlckFkZHJlc3MiOiIweDE5RTdFMzc2RTdDMjEzQjdFN2U3ZTQ2Y2M3MEE1ZEQwODZEQWZmMkEifQ.J3EpBtpA73LBGGDgLMeDw0SRERBBgXT54xOWCrUbwXA'
const BEFORE = EXPIRES * 1_000 - 1

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signedBy = (hash: string, head: object, claims: unknown, secret = SECRET): string => {
  const text = `${part(head)}.${part(claims)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

test('a token has the bytes of the reference, which reads ours as we read its', () => {
  expect(signJwt(CLAIMS, SECRET)).toBe(TOKEN)
  expect(readJwt(TOKEN, SECRET, BEFORE)).toEqual(CLAIMS)
})

test.each([
  ['HS384', 'sha384'],
  ['HS512', 'sha512'],
])('a token signed with %s counts', (alg, hash) => {
  expect(readJwt(signedBy(hash, { alg, typ: 'JWT' }, CLAIMS), SECRET, BEFORE)).toEqual(CLAIMS)
})

test('a token without an end counts always', () => {
  expect(readJwt(signJwt({ payload: '7' }, SECRET), SECRET, Number.MAX_SAFE_INTEGER)).toEqual({ payload: '7' })
})

const [head, body, signature] = TOKEN.split('.') as [string, string, string]
const keyfunc = (alg: string): string =>
  `token is unverifiable: error while executing keyfunc: unexpected signing method: ${alg}`
const WRONG = 'token signature is invalid: signature is invalid'
const SEGMENTS = 'token is malformed: token contains an invalid number of segments'

describe('is refused in the words of the reference', () => {
  test.each([
    ['another secret', signJwt(CLAIMS, `${SECRET}!`), WRONG],
    ['other claims', `${head}.${part({ ...CLAIMS, payload: '8' })}.${signature}`, WRONG],
    ['a signature that is cut', TOKEN.slice(0, -4), WRONG],
    ['the hash of another algorithm', signedBy('sha256', { alg: 'HS512' }, CLAIMS), WRONG],
    ['no signature', `${head}.${body}.`, SEGMENTS],
    ['the algorithm none', `${part({ alg: 'none' })}.${body}.${signature}`, keyfunc('none')],
    ['a key pair', `${part({ alg: 'RS256' })}.${body}.${signature}`, keyfunc('RS256')],
    ['a name that every object has', `${part({ alg: 'toString' })}.${body}.${signature}`, keyfunc('toString')],
    ['nothing', '', SEGMENTS],
    ['too many parts', `${TOKEN}.x`, SEGMENTS],
    ['a head of no JSON', `x.${body}.${signature}`, 'token is malformed: could not JSON decode header'],
    ['claims that are a list', `${head}.${part([])}.${signature}`, 'token is malformed: could not JSON decode claim'],
    ['an end that is text', signJwt({ exp: String(EXPIRES) }, SECRET), 'token has invalid claims: token is expired'],
  ])('%s', (_what, token, text) => {
    expect(() => readJwt(token, SECRET, BEFORE)).toThrow(new Error(text))
  })

  test('an end that is reached', () => {
    expect(() => readJwt(TOKEN, SECRET, EXPIRES * 1_000)).toThrow(
      new Error('token has invalid claims: token is expired'),
    )
  })
})
