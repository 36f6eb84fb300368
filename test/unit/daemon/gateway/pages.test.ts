import { describe, expect, test } from 'vitest'
import { createOrigins } from '../../../../src/daemon/gateway/transport/origins.js'
import { createPages } from '../../../../src/daemon/gateway/transport/pages.js'

const FRIEND = 'https://friend.example'
const DEPS = {
  health: { check: () => Promise.reject(new Error('secret inside')) },
  pages: new Map([
    ['encoding', async () => ({ type: 'text/plain', body: 'proto\n' })],
    ['broken', () => Promise.reject(new Error('secret inside'))],
  ] as const),
}
const pages = createPages(DEPS, createOrigins([FRIEND]))

const FOR_ALL = { 'access-control-allow-origin': '*', vary: 'Origin' }

test.each(['GET', 'POST'])('a page has its first segment for a name, also by %s', async (method) => {
  for (const target of ['/encoding', '/encoding?a=/b', '/encoding/', '/encoding/deeper/still'])
    expect(await pages({ method, target })).toEqual({
      ...{ status: 200, type: 'text/plain', body: 'proto\n' },
      headers: FOR_ALL,
    })
})

test.each(['/', '', '//encoding', '/Encoding', '/encodings', 'encoding', '/constructor', '/livez/', '/readyz/x'])(
  'there is no page "%s"',
  (target) => {
    expect(pages({ method: 'GET', target })).toBeUndefined()
  },
)

test.each(['/broken', '/readyz'])('what fails at %s is told without its inside', async (target) => {
  expect(await pages({ method: 'GET', target })).toEqual({
    status: 500,
    type: 'text/plain',
    body: '500 internal error\n',
  })
})

describe('a browser that asks for a script of another site', () => {
  const ask = async (headers: Readonly<Record<string, string>>) =>
    await pages({ method: 'OPTIONS', target: '/encoding', header: (name) => headers[name] })

  test('may do what it names, with the headers that it names', async () => {
    const page = await ask({
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-probe',
      'access-control-request-private-network': 'true',
    })
    expect(page).toEqual({
      ...{ status: 204, body: '' },
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'authorization,x-probe',
        'access-control-allow-private-network': 'true',
        'access-control-max-age': '7200',
        vary: expect.stringMatching(/^Origin, access-control-request-method/),
      },
    })
  })

  test.each(['a\r\nset-cookie: x', 'x'.repeat(1_025), ''])('gets no names back that are none: %j', async (names) => {
    const page = await ask({ 'access-control-request-method': 'GET', 'access-control-request-headers': names })
    expect(page?.headers).not.toHaveProperty('access-control-allow-headers')
  })

  test('may make calls where its page is allowed to, and is told nothing where it is not', async () => {
    const ask = async (origin: string) => {
      const headers: Record<string, string> = { origin, 'access-control-request-method': 'POST' }
      return (await pages({ method: 'OPTIONS', target: '/a.B/C', header: (name) => headers[name] }))?.headers
    }
    expect(await ask(FRIEND)).toMatchObject({ 'access-control-allow-origin': FRIEND })
    expect(await ask('https://foe.example')).toEqual({ vary: expect.any(String) })
  })

  test('may not do what nobody offers', async () => {
    expect((await ask({ 'access-control-request-method': 'DELETE' }))?.headers).toEqual({ vary: expect.any(String) })
  })

  test('is told the usual where it names nothing, and the probes of operators are not for it', async () => {
    expect(await ask({})).toEqual({ status: 204, body: '', headers: FOR_ALL })
    expect(await pages({ method: 'OPTIONS', target: '/livez' })).toMatchObject({ status: 405 })
  })
})
