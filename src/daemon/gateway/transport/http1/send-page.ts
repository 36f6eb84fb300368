import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Page } from '../pages.js'

/** What a client still sends is read for so long, as a reset would take his answer from him (RFC 9112 9.6). */
const LINGER_MS = 1_000
const LINGER_BYTES = 64 * 1024

/** The last thing that is said on a connection. */
export function sendPage(socket: Socket, { status, type, body, headers = {} }: Page, withBody: boolean): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...(type === undefined
      ? []
      : [`content-type: ${type}; charset=utf-8`, `content-length: ${Buffer.byteLength(body)}`]),
    'cache-control: no-store',
    'connection: close',
    `date: ${new Date().toUTCString()}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n${withBody ? body : ''}`)
  part(socket)
}

/** Closes a connection behind what was said on it. */
export function part(socket: Socket): void {
  socket.end()
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  let read = 0
  socket.on('data', (chunk: Buffer) => {
    read += chunk.length
    if (read > LINGER_BYTES) socket.destroy()
  })
  socket.resume()
}
