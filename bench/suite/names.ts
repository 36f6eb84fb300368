/** Names of targets and shapes, as parts measure them and goals speak of them. */
export const PASSERS = {
  service: 'the service itself',
  nghttpx: 'nghttpx',
  frames: 'gate, our frames',
  node: 'gate, node:http2',
  grpcJs: 'grpc-js proxy',
  relay: 'bare sockets',
} as const

export const PAID = {
  unpaid: 'the gate alone, unpaid',
  memory: 'escrow, memory',
  embedded: 'escrow, embedded',
  etcd: 'escrow, etcd',
  node: 'escrow, embedded, node:http2',
  worker: 'escrow, embedded, recovery worker',
  prepaid: 'prepaid, embedded',
  free: 'free calls, embedded',
} as const

export const STARTS = { node: 'node -e 0', help: 'snetd --help', ready: 'the daemon, until it serves' } as const

/** Connections, and calls in flight on each. */
export interface Spread {
  readonly connections: number
  readonly streams: number
}

export const spreadName = ({ connections, streams }: Spread): string => `${connections} × ${streams}`

/** What paid calls are held against, in each round of theirs. */
export const nghttpxName = (spread: string): string => `${PASSERS.nghttpx}, unpaid, ${spread}`

export const afterCalls = (calls: number): string => `after ${calls} calls`
