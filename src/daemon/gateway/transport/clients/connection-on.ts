import type { Socket } from 'node:net'
import type { Connection } from '../../call.js'
import { clientOf } from './client-of.js'

/** What calls of a socket come on. */
export const connectionOn = (socket: Socket): Connection => ({
  cut: () => void socket.destroy(),
  client: clientOf(socket),
})
