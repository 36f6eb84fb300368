import { expect, test } from 'vitest'
import { startTokenServer } from '../../../../src/sandbox/berty/index.js'
import { type Berty, foundGroup, openBerties } from '../../../support/berty-client.js'

const flowAt = async (berty: Berty, url: string): Promise<string> =>
  String((await berty.messenger('AuthServiceInitFlow', { auth_url: url }))['url'])

const callbackOf = async (page: string, method: 'GET' | 'POST'): Promise<string> => {
  const answer = await fetch(page, { method })
  await answer.text()
  return answer.headers.get('x-auth-redirect') ?? ''
}

test('without a click the redirect comes at once, and the callback may be given twice', async () => {
  await using tokens = await startTokenServer({ isClickless: true })
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const callback = await callbackOf(await flowAt(a, tokens.url), 'GET')
  const first = await a
    .messenger('AuthServiceCompleteFlow', { callback_url: callback })
    .catch((failed: Error) => failed)
  expect(first).toMatchObject({ token_id: expect.any(String) })
  await expect(a.messenger('AuthServiceCompleteFlow', { callback_url: callback })).resolves.toBeDefined()
  expect(tokens.tokens.length).toBeGreaterThan(0)
})

test('with a click the page is a form, and only posting it redirects', async () => {
  await using tokens = await startTokenServer()
  await using world = await openBerties(['a'])
  const page = await flowAt(world.berties[0], tokens.url)
  expect(await callbackOf(page, 'GET')).toBe('')
  expect(await callbackOf(page, 'POST')).toMatch(/^berty:\/\/services-auth\/\?code=/)
})

test('only the latest flow counts', async () => {
  await using tokens = await startTokenServer({ isClickless: true })
  await using world = await openBerties(['a'])
  const [a] = world.berties
  const older = await callbackOf(await flowAt(a, tokens.url), 'GET')
  await flowAt(a, tokens.url)
  for (const callback_url of [older, '', 'berty://services-auth/?code=x&state=y'])
    await expect(a.messenger('AuthServiceCompleteFlow', { callback_url })).rejects.toThrow(
      'ErrServicesAuthWrongState(#4002)',
    )
})

test('the token server checks the redirect, the request and the proof', async () => {
  await using tokens = await startTokenServer({ isClickless: true })
  await using world = await openBerties(['a'])
  const page = new URL(await flowAt(world.berties[0], tokens.url))
  const elsewhere = new URL(page)
  elsewhere.searchParams.set('redirect_uri', 'https://elsewhere.test/')
  expect((await fetch(elsewhere)).status).toBe(400)
  const plain = new URL(page)
  plain.searchParams.set('code_challenge_method', 'plain')
  expect(await callbackOf(plain.href, 'GET')).toContain('error=invalid_request')
  const code = new URL(await callbackOf(page.href, 'GET')).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id: 'berty', code, code_verifier: 'guessed' }
  const answer = await fetch(`${tokens.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  expect(answer.status).toBe(400)
})

test.each([
  ['E', 'messenger', false],
  ['D', 'protocol', true],
] as const)('generation %s has the flow at the %s; registering a group works: %s', async (era, at, works) => {
  await using tokens = await startTokenServer({ isClickless: true })
  await using world = await openBerties(['a'], { era })
  const [a] = world.berties
  const group = await foundGroup(a)
  const { url } = await a[at]('AuthServiceInitFlow', { auth_url: tokens.url })
  const callback_url = await callbackOf(String(url), 'GET')
  const { token_id } = await a[at]('AuthServiceCompleteFlow', { callback_url })
  const conversation_public_key = group.toString('base64url')
  const register = (token: unknown): Promise<unknown> =>
    a.messenger('ReplicationServiceRegisterGroup', { token_id: token, conversation_public_key })
  await expect(register('unknown')).rejects.toThrow('ErrNotFound(#404)')
  const text =
    'ErrServiceReplicationServer(#4101): rpc error: code = Unavailable desc = passthrough: received empty target'
  if (works) await expect(register(token_id)).resolves.toEqual({})
  else await expect(register(token_id)).rejects.toThrow(`${text} in Build()`)
})
