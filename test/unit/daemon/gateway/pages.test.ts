import { expect, test } from 'vitest'
import { createPages } from '../../../../src/daemon/gateway/transport/pages.js'

const pages = createPages({
  health: { check: () => Promise.reject(new Error('secret inside')) },
  pages: new Map([
    ['encoding', async () => ({ type: 'text/plain', body: 'proto\n' })],
    ['broken', () => Promise.reject(new Error('secret inside'))],
  ]),
})

test.each(['GET', 'POST', 'OPTIONS'])('a page has its first segment for a name, also by %s', async (method) => {
  for (const target of ['/encoding', '/encoding?a=/b', '/encoding/', '/encoding/deeper/still'])
    expect(await pages({ method, target })).toEqual({ status: 200, type: 'text/plain', body: 'proto\n' })
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
