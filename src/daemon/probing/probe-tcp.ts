import { createConnection } from 'node:net'
import { onAbort } from '../../shared/abort.js'
import { isWell, type Probe, unconnected } from './probe.js'

/** Whether somebody listens there: the connection is closed as soon as it is open. */
export const probeByTcp =
  (at: { readonly host: string; readonly port: number } | { readonly path: string }): Probe =>
  (signal) =>
    new Promise((done) => {
      const socket = createConnection(at)
      const listening = onAbort(signal, () => socket.destroy())
      socket.once('connect', () => {
        done(isWell)
        socket.destroy()
      })
      socket.on('error', (fault) => done(unconnected(fault)))
      socket.once('close', () => {
        listening[Symbol.dispose]()
        done(unconnected({}))
      })
    })
