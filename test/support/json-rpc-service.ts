import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface HttpService extends AsyncDisposable {
  readonly url: URL
  /** What was asked, in order. */
  readonly seen: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[]
  readonly connections: number
}

/** A real HTTP server. @param answer is handed the whole request */
export async function startHttpService(
  answer: (body: Buffer, response: ServerResponse, request: IncomingMessage) => unknown,
): Promise<HttpService> {
  const seen: HttpService['seen'] = []
  let connections = 0
  const server = createServer((request, response) => {
    void buffer(request).then(
      (body) => {
        const { url = '', headers } = request
        seen.push({ url, headers, body: body.length > 10_000 ? '' : String(body) })
        answer(body, response, request)
      },
      () => undefined,
    )
  })
  server.on('connection', () => connections++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rpc?model=a`),
    seen,
    get connections() {
      return connections
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
