import { connect, type Socket } from 'node:net'
import type { ServedStream } from '../../../../src/daemon/gateway/transport/http2/served-stream.js'
import type { ConnectionLimit } from '../../../../src/daemon/gateway/transport/connection-limits.js'
import { openPort as listenOn, type PortConfig } from '../../../../src/daemon/gateway/transport/port.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'

const CONFIG: PortConfig = {
  host: '127.0.0.1',
  port: 0,
  tls: undefined,
  speaks: 'both' as const,
  setting: 'daemon_endpoint',
  firstBytesTimeoutMs: 100,
  silenceMs: 50,
  unansweredMs: 60_000,
  idleTimeoutMs: 60_000,
  clients: { trustedProxies: [], proxyProtocol: false, maxConnectionsPerClient: 1_000 },
  maxAgeMs: Infinity,
  ageGraceMs: 60_000,
  minPingIntervalMs: 0,
  maxHeaderBytes: 32 * 1024,
  maxStreamsPerConnection: 100,
  maxConnections: 1,
  http2: { callWindowBytes: 256 * 1024, resetsPerSecond: 100, idleFramesPerSecond: 5_000 },
  dataPlane: DATA_PLANE,
}

/** A port without a gateway behind it, which takes one connection at a time and has little patience. */
export async function openPort(
  changes: Partial<PortConfig> = {},
  onStream = (stream: ServedStream, _raw: readonly string[]): unknown => stream.answer({ ':status': '200' }, ''),
) {
  const limits: ConnectionLimit[] = []
  const front = await listenOn(
    { ...CONFIG, ...changes },
    {
      onStream,
      onRequest: () => undefined,
      pages: () => Promise.resolve({ status: 200, type: 'text/plain', body: 'ok' }),
      onFault: () => undefined,
      onLimit: (limit) => limits.push(limit),
      onRefusal: () => undefined,
    },
  )
  const { host, port } = front.address
  return {
    address: front.address,
    /** Those that were met, in order. */
    limits,
    url: `http://${host}:${port}`,
    /** A connection with these bytes; what comes back is thrown away. */
    say(bytes: Buffer | string): Socket {
      const socket = connect(port, host)
      socket.on('error', () => undefined).resume()
      socket.write(bytes)
      return socket
    },
    /** Whether a connection is taken and answered, and not closed at once. */
    isServing() {
      const socket = this.say('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
      return new Promise<boolean>((done) => {
        socket.once('data', () => done(true)).once('close', () => done(false))
      }).finally(() => socket.destroy())
    },
    [Symbol.asyncDispose]: () => front.close(),
  }
}

export const closed = (socket: Socket): Promise<void> => new Promise((done) => socket.once('close', () => done()))
