/**
 * Calls a server whose answers have more header fields than node takes, connection after connection, for as many
 * milliseconds as the first argument says: the second names the client. Run with a young generation of 1 MiB, so that
 * garbage is collected at any moment. Prints whether calls ended, and for as long as it should have been.
 */
import { once } from 'node:events'
import { createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { DirectLine, MESSAGE_HEAD_BYTES } from '../../../src/daemon/storage/etcd/direct-line.js'
import { openConnection } from '../../../src/shared/wire/index.js'

const FIELDS = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-field-${i}`, 'y'.repeat(20)]))

const server = createServer().on('stream', (stream) => {
  stream.on('error', () => undefined)
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...FIELDS })
})
server.on('sessionError', () => undefined).listen(0, '127.0.0.1')
await once(server, 'listening')
const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`

const clients: Record<string, () => Promise<unknown>> = {
  async raw() {
    using connection = openConnection(endpoint, { tls: false })
    const answers = connection.call('/a.B/c', [], { of: 'service', timeoutMs: 5_000, maxMessageBytes: 1_000 })
    for await (const _ of answers);
  },
  async direct() {
    const line = new DirectLine(`http://${endpoint}`, {})
    const request = Buffer.alloc(MESSAGE_HEAD_BYTES)
    await line
      .ask({ path: '/a.B/c', request, deadline: Date.now() + 5_000, token: undefined })
      .finally(() => line.close())
  },
}

const [, , lasts = '0', name = ''] = process.argv
const call = clients[name]
if (!call) throw new Error(`no client "${name}"`)
let garbage: object[] = []
setInterval(() => (garbage = Array.from({ length: 2_000 }, () => ({}))), 1)
const begin = performance.now()
let failed = 0
while (performance.now() - begin < Number(lasts)) await call().catch(() => failed++)
const isWhole = failed > 100 && garbage.length > 0
process.stdout.write(isWhole ? 'every call failed, and we live\n' : `${failed} calls failed\n`, () => process.exit())
