import { expect, test } from 'vitest'
import { httpAuthorization, wsAuthorization } from '../../../../src/daemon/chain/provider-auth.js'

const NODE = 'https://node.example/rpc'
const INFURA = 'https://sepolia.infura.io/v3/project'
const TOKEN = 'head.payload.signature'

test.each([
  ['a key for any provider is a bearer token', NODE, 'key', 'Bearer key'],
  ['a key for Infura is the password of nobody', INFURA, 'key', 'Basic OmtleQ=='],
  ['a token of three parts is a bearer token for Infura too', INFURA, TOKEN, `Bearer ${TOKEN}`],
  ['a token with an empty part is a plain key', INFURA, 'a..c', 'Basic OmEuLmM='],
  ['a token of four parts is a plain key', INFURA, 'a.b.c.d', 'Basic OmEuYi5jLmQ='],
  [
    'credentials of the URL count when there is no key',
    'http://user:p%40ss@node.example',
    undefined,
    'Basic dXNlcjpwQHNz',
  ],
  ['a key counts more than credentials of the URL', 'http://user:pass@node.example', 'key', 'Bearer key'],
  ['an empty key is none', NODE, '', undefined],
])('%s', (_name, url, key, header) => {
  expect(httpAuthorization(url, key)).toBe(header)
})

test.each([
  ['key', 'Basic OmtleQ=='],
  [TOKEN, 'Basic OmhlYWQucGF5bG9hZC5zaWduYXR1cmU='],
  [undefined, undefined],
])('over WebSocket the key %s is the password of nobody, whatever its form', (key, header) => {
  expect(wsAuthorization(key)).toBe(header)
})
