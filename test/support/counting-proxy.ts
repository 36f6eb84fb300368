import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CountingProxy extends AsyncDisposable {
  readonly url: string
  /** Requests passed on, by JSON-RPC method. */
  readonly counts: Readonly<Record<string, number>>
}

/** Stands between a daemon and its Ethereum node and counts what is asked. */
export async function startCountingProxy(target: string, port = 0): Promise<CountingProxy> {
  const counts: Record<string, number> = {}
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      for (const { method } of [JSON.parse(body.toString()) as { method: string } | { method: string }[]].flat())
        counts[method] = (counts[method] ?? 0) + 1
      fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
        async (answer) =>
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
