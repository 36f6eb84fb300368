/**
 * The floor of everything that stands in between in Node: passes bytes on between two sockets as they come, one write for
 * each read, and looks at none of them.
 */
import { connect, createServer, type AddressInfo } from 'node:net'

const [host = '', port = ''] = (process.argv[2] ?? '').split(':')
const server = createServer({ noDelay: true }, (client) => {
  const service = connect({ host, port: Number(port), noDelay: true })
  for (const [from, to] of [
    [client, service],
    [service, client],
  ] as const) {
    from.on('data', (bytes) => {
      if (!to.write(bytes)) from.pause()
    })
    to.on('drain', () => from.resume())
    from.on('error', () => to.destroy()).once('close', () => to.destroy())
  }
}).listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready endpoint=127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
