import { once } from 'node:events'
import { constants, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openInfraClient } from '../../../src/shared/wire/grpc/index.js'

test('a call goes out once more when the connection was closing, so that the daemon never saw it', async () => {
  let calls = 0
  const server = createServer().on('stream', (stream) => {
    stream.on('error', () => undefined)
    if (++calls === 1) return stream.close(constants.NGHTTP2_REFUSED_STREAM)
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.end(Buffer.alloc(5))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  using client = openInfraClient({
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tls: undefined,
    token: undefined,
  })
  try {
    expect(await client.call('GetClock', {}, { timeoutMs: 20_000 })).toBeDefined()
    expect(calls).toBe(2)
  } finally {
    server.close()
  }
})
