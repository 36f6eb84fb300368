/** A service that answers as each request asks it to, in a process of its own; at its end it tells how often it said OK. */
import { type AddressInfo, createServer } from 'node:net'
import { RawConnection } from './connection.js'
import { MOODS } from './moods.js'

const MOOD_AT = 6
let calls = 0

const server = createServer({ noDelay: true }, (socket) => {
  new RawConnection(socket, (reply, request) => {
    calls++
    const mood = request.length >= MOOD_AT + 8 ? request.readDoubleLE(MOOD_AT) : 0
    ;(MOODS[mood] ?? MOODS[0])?.answer(reply)
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready service=127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => {
  process.stdout.write(`calls ${calls}\n`)
  process.exit()
})
