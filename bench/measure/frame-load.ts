import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { type ConnectionLimits, FrameConnection } from '../../src/daemon/gateway/frames/index.js'
import type { Load } from './load.js'
import { type CallPlan, callOnce } from './one-call.js'

export interface FrameLoad {
  readonly endpoint: string
  readonly connections: number
  /** Calls in flight on each connection. */
  readonly streams: number
  /** Calls of each place, one after the other; a place is one of those that may be in flight. */
  readonly callsEach: number
  readonly plan: (place: number, call: number) => CallPlan
  /** Calls a second in all; as many as are answered otherwise. */
  readonly rate?: number | undefined
}

const boundless = { burst: 1e9, perSecond: 1e9 }
const LIMITS: ConnectionLimits = {
  ...{ maxStreams: 0, maxHeaderBytes: 65_536, readHeaderBytes: 65_536 },
  ...{ streamWindowBytes: 2 ** 20, connectionWindowBytes: 2 ** 26, resets: boundless, idleFrames: boundless },
}
const KEPT = new Set([':path', ':authority', 'content-type', 'te', 'snet-payment-type'])

/** Calls with headers of their own each, or with many messages, over our own frames. Error: a call that does not end well. */
export async function runFrameLoad(load: FrameLoad): Promise<Load> {
  const { endpoint, connections, streams, callsEach, plan, rate } = load
  const opened = await Promise.all(Array.from({ length: connections }, () => open(endpoint)))
  const places = connections * streams
  const times: number[] = []
  const start = performance.now()
  /** When a call is due in an open loop, whether or not the ones before it were answered. */
  const dueAt = (place: number, call: number): number =>
    rate === undefined ? 0 : start + ((call * places + place) / rate) * 1e3
  const runPlace = async (connection: FrameConnection, place: number): Promise<void> => {
    for (let call = 0; call < callsEach; call++) {
      const due = dueAt(place, call)
      const isEarly = due > performance.now()
      if (isEarly) await after(due - performance.now())
      // Timers fire late; that a place was still busy when its next call was due is what callers would wait for.
      const from = rate === undefined || isEarly ? performance.now() : due
      await callOnce(connection, plan(place, call))
      times.push((performance.now() - from) * 1e3)
    }
  }
  await Promise.all(
    Array.from({ length: places }, (_, place) => runPlace(opened[place % connections] as FrameConnection, place)),
  )
  const seconds = (performance.now() - start) / 1e3
  for (const connection of opened) connection.destroy()
  return { calls: times.length, seconds, times: times.sort((a, b) => a - b) }
}

async function open(endpoint: string): Promise<FrameConnection> {
  const [host = '', port = ''] = endpoint.split(':')
  const socket = connect({ host, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return await new Promise((done, fail) => {
    const connection: FrameConnection = new FrameConnection(socket, {
      ...{ role: 'client', limits: LIMITS, isKept: (name) => KEPT.has(name) },
      events: { onReady: () => done(connection), onEnd: (fault) => fail(fault ?? new Error(`${endpoint} hung up`)) },
    })
  })
}
