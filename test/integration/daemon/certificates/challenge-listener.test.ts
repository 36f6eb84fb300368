import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ChallengeListener,
  openChallengeListener,
} from '../../../../src/daemon/certificates/acme/challenge-listener.js'

let listener: ChallengeListener
beforeAll(async () => {
  listener = await openChallengeListener(
    { port: 0, domain: 'service.example.com' },
    new Map([['token', 'token.proof']]),
  )
})
afterAll(() => listener[Symbol.asyncDispose]())

/** All that is answered to these bytes. */
async function say(bytes: string): Promise<string> {
  const socket = connect(listener.port, '127.0.0.1')
  let answer = ''
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.write(bytes)
  await new Promise((done) => socket.once('close', done))
  return answer
}

const request = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'host: evil.example', ...headers, '', ''].join('\r\n')

test('a challenge is answered, another one is not', async () => {
  const answer = await say(request('GET /.well-known/acme-challenge/token'))
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(answer).toMatch(/\r\n\r\ntoken\.proof$/)
  expect(await say(request('GET /.well-known/acme-challenge/other'))).toMatch(/^HTTP\/1\.1 404/)
  expect(await say(request('GET /.well-known/acme-challenge/__proto__'))).toMatch(/^HTTP\/1\.1 404/)
})

test.each([
  ['GET /some/page?a=b', 'https://service.example.com/some/page?a=b'],
  ['HEAD /', 'https://service.example.com/'],
  ['GET http://evil.example/x', 'https://service.example.com/'],
  ['GET //evil.example/x', 'https://service.example.com//evil.example/x'],
  [`GET /${'x'.repeat(3_000)}`, 'https://service.example.com/'],
])('%s is sent to https, whatever host is asked for', async (line, location) => {
  const answer = await say(request(line))
  expect(answer).toMatch(/^HTTP\/1\.1 302/)
  expect(answer).toContain(`\r\nlocation: ${location}\r\n`)
})

test('other methods are refused, and their bodies are not read', async () => {
  expect(await say(request('POST /', 'content-length: 1000000000'))).toMatch(/^HTTP\/1\.1 400 [^]*Use HTTPS/)
  expect(await say(request('DELETE /'))).toMatch(/^HTTP\/1\.1 400/)
  expect(await say(request('CONNECT evil.example:443'))).toBe('')
  expect(await say(request('GET /', 'connection: upgrade', 'upgrade: h2c'))).toMatch(/^HTTP\/1\.1 302/)
})

test('a connection has one answer, and what is no request has none', async () => {
  const two = await say(request('GET /a') + request('GET /b'))
  expect(two.match(/HTTP\/1\.1 302/g)).toHaveLength(1)
  expect(await say('\x16\x03\x01garbage\r\n\r\n')).toBe('')
  expect(await say(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toBe('')
})

test('thousands of connections take no place of the next one for long', async () => {
  const many = Array.from({ length: 400 }, () => connect(listener.port, '127.0.0.1').on('error', () => undefined))
  await once(many[0] as NodeJS.EventEmitter, 'connect')
  for (const socket of many) socket.destroy()
  expect(await say(request('GET /.well-known/acme-challenge/token'))).toContain('token.proof')
})

test('a port that is taken is told with its key and what to do', async () => {
  await expect(openChallengeListener({ port: listener.port, domain: 'x.example' }, new Map())).rejects.toMatchObject({
    kind: 'invalid-config',
    message: `auto_ssl_http_port ${listener.port} cannot be listened on: EADDRINUSE`,
  })
})
