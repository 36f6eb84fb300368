import type { Socket } from 'node:net'
import type { ServiceAddress } from './service-stream.js'

/** What an HTTP/2 client says first, and an empty SETTINGS frame. */
const HELLO = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])])
const HTTP1 = 'HTTP/1.'
const TIMEOUT_MS = 1_000

/**
 * Whether who listens there understands HTTP/1.1 and no HTTP/2, found out by greeting it once more: the library tells
 * only that the answer was malformed. Whatever goes wrong means no.
 */
export function speaksOnlyHttp1({ connect }: Pick<ServiceAddress, 'connect'>): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(['h2', 'http/1.1'])
    const answer = (isHttp1: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      done(isHttp1)
    }
    const timer = setTimeout(() => answer(false), TIMEOUT_MS)
    socket.on('error', () => answer(false)).once('end', () => answer(false))
    socket.once('secureConnect', () => 'alpnProtocol' in socket && socket.alpnProtocol === 'http/1.1' && answer(true))
    greet(socket, answer)
  })
}

function greet(socket: Socket, answer: (isHttp1: boolean) => void): void {
  let seen = ''
  socket.write(HELLO)
  socket.on('data', (chunk: Buffer) => {
    seen += chunk.toString('latin1', 0, HTTP1.length)
    if (seen.length >= HTTP1.length) answer(seen.startsWith(HTTP1))
  })
}
