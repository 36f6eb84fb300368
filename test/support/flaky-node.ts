import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Faults {
  /** Connections are closed without an answer. */
  readonly isAway: boolean
  /** Requests are taken and never answered. */
  readonly isStuck: boolean
  /** The same, for these methods only. */
  readonly stuckAt: readonly string[]
  /** WebSocket connections are refused. */
  readonly isDeafToUpgrades: boolean
  /** Results that take the place of the node's; a promise is waited for. */
  readonly lies: Readonly<Record<string, (params: unknown[], truth: unknown) => unknown>>
}

/** Stands between a daemon and a real node, HTTP and WebSocket on one port, and behaves as bad nodes do. */
export interface FlakyNode extends AsyncDisposable {
  readonly url: string
  readonly wsUrl: string
  /** Methods asked over HTTP, in order; a lie or a fault counts too. */
  readonly asked: string[]
  /** Values of the authorization header, each way in. */
  readonly authorized: { readonly http: Set<unknown>; readonly ws: Set<unknown> }
  /** From now on; whoever is connected is cut off. Without arguments: the node is itself again. */
  behave(faults?: Partial<Faults>): void
}

interface Question {
  readonly id: number
  readonly method: string
  readonly params: unknown[]
}

export async function startFlakyNode(rpc: string): Promise<FlakyNode> {
  const asked: string[] = []
  const authorized = { http: new Set<unknown>(), ws: new Set<unknown>() }
  let faults: Partial<Faults> = {}
  const server = createServer((request, response) => {
    authorized.http.add(request.headers.authorization)
    void answer(rpc, request, response, () => faults, asked).catch(() => response.destroy())
  })
  const tunnels = new Set<Duplex>()
  server.on('upgrade', (request, socket) => {
    authorized.ws.add(request.headers.authorization)
    if (faults.isAway || faults.isDeafToUpgrades) return void socket.destroy()
    for (const end of tunnel(rpc, request, socket)) {
      tunnels.add(end)
      end.on('close', () => tunnels.delete(end))
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const cut = (): void => {
    server.closeAllConnections()
    for (const end of tunnels) end.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    asked,
    authorized,
    behave(changed = {}) {
      faults = changed
      cut()
    },
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise((done) => server.close(done))
    },
  }
}

async function answer(
  rpc: string,
  request: IncomingMessage,
  response: ServerResponse,
  faults: () => Partial<Faults>,
  asked: string[],
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts).toString()
  // Libraries put several questions into one request.
  const questions = [JSON.parse(body) as Question | Question[]].flat()
  asked.push(...questions.map(({ method }) => method))
  const { isAway, isStuck, stuckAt, lies } = faults()
  if (isStuck || questions.some(({ method }) => stuckAt?.includes(method))) return
  if (isAway) return void response.destroy()
  const headers = { 'content-type': 'application/json' }
  let text = await (await fetch(rpc, { method: 'POST', headers, body })).text()
  const [{ id, method, params } = {} as Question] = questions
  const lie = lies?.[method]
  if (lie && questions.length === 1) {
    const { result } = JSON.parse(text) as { result: unknown }
    text = JSON.stringify({ jsonrpc: '2.0', id, result: await lie(params, result) })
  }
  response.writeHead(200, headers).end(text)
}

/** Both ends of an upgraded connection to the node. */
function tunnel(rpc: string, request: IncomingMessage, socket: Duplex): Duplex[] {
  const { hostname, port } = new URL(rpc)
  const node = connect(Number(port), hostname)
  const lines = [`GET ${request.url} HTTP/1.1`]
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`)
  }
  node.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.pipe(node).pipe(socket)
  for (const [end, other] of [
    [socket, node],
    [node, socket],
  ] as const) {
    end.on('error', () => undefined)
    end.on('close', () => other.destroy())
  }
  return [socket, node]
}
