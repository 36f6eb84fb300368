import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CutProxy extends AsyncDisposable {
  readonly endpoint: string
  /** Connections that were made through it. */
  readonly connections: number
  /** Breaks off what is connected; new connections go through. */
  cut(): void
  /** Takes nothing more in either direction, and breaks nothing off; on demand not of new connections either. */
  freeze(also?: { readonly newOnes: boolean }): void
  /** Hands on what clients send, and none of the answers, on the connections of now. */
  holdAnswers(): void
  /** What was frozen goes on where it stopped, as after the repair of a network. */
  thaw(): void
}

/**
 * Stands between a client and a server on loopback, for tests of what happens when the way breaks off.
 *
 * @param onBytes is told what clients send
 */
export async function startCutProxy(target: string, onBytes?: (chunk: Buffer) => void): Promise<CutProxy> {
  const [host, port] = target.split(':')
  const open = new Set<Socket>()
  const answering = new Set<Socket>()
  const pairs = new Set<() => void>()
  let connections = 0
  let isFrozen = false
  const server = createServer((client) => {
    connections++
    const upstream = connect(Number(port), host)
    if (onBytes) client.on('data', (chunk: Buffer) => onBytes(chunk))
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    const connectBoth = (): void => void client.pipe(upstream).pipe(client)
    pairs.add(connectBoth)
    client.once('close', () => pairs.delete(connectBoth))
    answering.add(upstream)
    upstream.once('close', () => answering.delete(upstream))
    if (!isFrozen) connectBoth()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const cut = (): void => {
    for (const socket of [...open]) socket.resetAndDestroy()
  }
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections
    },
    cut,
    freeze: ({ newOnes } = { newOnes: false }) => {
      isFrozen = newOnes
      for (const socket of [...open]) socket.unpipe().pause()
    },
    holdAnswers: () => {
      for (const socket of answering) socket.unpipe().pause()
    },
    thaw: () => {
      isFrozen = false
      for (const socket of [...open]) socket.unpipe()
      for (const connectBoth of [...pairs]) connectBoth()
    },
    [Symbol.asyncDispose]: async () => {
      cut()
      server.close()
    },
  }
}
