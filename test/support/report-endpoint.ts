import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How one request is met. */
export type Manner = number | 'hang' | 'reset' | 'endless' | 'nonsense'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A service that reports are posted to, as good or as bad as a test wants it. */
export interface ReportEndpoint extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** What was taken. */
  readonly taken: Received[]
  /** Every request, taken or not. */
  readonly all: Received[]
  /** How the next requests are met, one each; then `manner`. */
  readonly script: Manner[]
  /** May depend on the request. */
  manner: (request: Received) => Manner
}

/** @param port of one that was there before */
export async function startReportEndpoint(port = 0): Promise<ReportEndpoint> {
  const [taken, all, script]: [Received[], Received[], Manner[]] = [[], [], []]
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const received = { method, path, headers, body: Buffer.concat(parts).toString() }
      all.push(received)
      const manner = script.shift() ?? endpoint.manner(received)
      if (manner === 200 || manner === 'nonsense') taken.push(received)
      meet(response, manner)
    })
    request.on('error', () => undefined)
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const { port: own } = server.address() as AddressInfo
  const endpoint: ReportEndpoint = {
    ...{ url: `http://127.0.0.1:${own}`, port: own, taken, all, script },
    manner: () => 200,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return endpoint
}

function meet(response: ServerResponse, manner: Manner): void {
  if (manner === 'hang') return
  if (manner === 'reset') return void response.socket?.resetAndDestroy()
  if (manner === 'nonsense') return void response.end('<html>nothing of it</html>')
  if (manner === 'endless') return writeOn(response.writeHead(500))
  response.writeHead(manner).end('{"data":"success"}')
}

/** An answer without an end, as fast as it is read. */
function writeOn(response: ServerResponse): void {
  response.on('error', () => undefined)
  const part = Buffer.alloc(64 * 1024, 'x')
  const more = (): void => {
    if (response.destroyed) return
    while (response.write(part));
  }
  response.on('drain', more)
  more()
}
