import { once } from 'node:events'
import { connect, constants, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { toHeaderFields } from '../../../../src/daemon/gateway/http2-headers/header-fields.js'
import { type NodeBlock, toNodeBlock } from '../../../../src/daemon/gateway/http2-headers/node-block.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'

/** As node takes it. */
const toHeaderBlock = (list: HeaderList, own: Readonly<Record<string, string>> = {}): NodeBlock =>
  toNodeBlock(toHeaderFields(list, Object.entries(own).flat()))

const listOf = (...lines: (readonly [name: string, value: string])[]): HeaderList => new HeaderList(lines.flat())

describe('what is repeated', () => {
  test('stays line by line where it is metadata', () => {
    expect(toHeaderBlock(listOf(['x-a', '1'], ['x-a', '2'], ['x-a', '3']))).toEqual({ 'x-a': ['1', '2', '3'] })
  })

  test('is joined where it is a field of HTTP', () => {
    const block = toHeaderBlock(listOf(['authorization', 'a'], ['x', 'y'], ['authorization', 'b']))
    expect(block).toEqual({ authorization: 'a, b', x: 'y' })
  })

  test('counts once, the first time, where it is a name of gRPC', () => {
    expect(toHeaderBlock(listOf(['grpc-status', '0'], ['grpc-status', '5']))).toEqual({ 'grpc-status': '0' })
  })

  test('stays line by line where it is a cookie', () => {
    const lines = [1, 2].map((n) => ['set-cookie', `c${n}`] as const)
    expect(toHeaderBlock(listOf(...lines))).toEqual({ 'set-cookie': ['c1', 'c2'] })
  })
})

test('what belongs to a connection or a body is left out', () => {
  const names = ['connection', 'http2-settings', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']
  const lines = [...names, 'host', 'content-length', ':status', ':path'].map((name) => [name, '1'] as const)
  expect(toHeaderBlock(listOf(...lines, ['x', 'y']))).toEqual({ x: 'y' })
})

test('a value full of blanks takes no longer than another one', () => {
  const value = `a${' '.repeat(200_000)}b`
  const start = performance.now()
  expect(toHeaderBlock(listOf(['x', ` \t${value}\t `]))).toEqual({ x: value })
  expect(performance.now() - start).toBeLessThan(5_000)
})

test.each([
  ['a name in capitals', 'X-A', '1'],
  ['a name with a space', 'x a', '1'],
  ['a name of nothing', '', '1'],
  ['a line break in a value', 'x', 'a\r\nb: c'],
  ['a zero in a value', 'x', 'a\0b'],
  ['a letter beyond one byte', 'x', '✓'],
])('%s is left out', (_what, name, value) => {
  expect(toHeaderBlock(listOf([name, value], ['y', 'z']))).toEqual({ y: 'z' })
})

test('what is set here stands, whatever the list says', () => {
  const block = toHeaderBlock(listOf(['content-type', 'text/html'], ['x', 'y']), { 'content-type': 'application/grpc' })
  expect(block).toEqual({ 'content-type': 'application/grpc', x: 'y' })
})

test('names that mean something to JavaScript are names like others', () => {
  const names = ['constructor', '__proto__', 'hasownproperty', 'length', 'tostring']
  const block = toHeaderBlock(listOf(...names.map((name) => [name, 'x'] as const)))
  expect(Object.entries(block)).toEqual(names.map((name) => [name, 'x']))
  expect(Object.getPrototypeOf(block)).toBeNull()
})

/** Every field that this node knows, twice: which of them it refuses to repeat is its own affair. */
function everything(): HeaderList {
  const list = new HeaderList()
  for (const [key, name] of Object.entries(constants)) {
    if (key.startsWith('HTTP2_HEADER_')) list.add(String(name), 'a').add(String(name), 'b')
  }
  return list
}

test('whatever is in the list, node sends it: as a request, an answer and trailers', async () => {
  const server = createServer({ maxHeaderListPairs: 1_000 })
  server.on('stream', (stream) => {
    stream.respond(toHeaderBlock(everything(), { ':status': '200' }), { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(toHeaderBlock(everything())))
    stream.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { maxHeaderListPairs: 1_000 })
  const stream = session.request(toHeaderBlock(everything(), { ':method': 'POST', ':path': '/a/b' }))
  stream.resume()
  const trailers = once(stream, 'trailers')
  const [headers] = (await once(stream, 'response')) as [Record<string, string>]
  expect(headers['etag']).toBe('a, b')
  expect(((await trailers) as [Record<string, string>])[0]['authorization']).toBe('a, b')
  session.destroy()
  server.close()
})
