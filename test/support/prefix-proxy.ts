import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PrefixProxy extends AsyncDisposable {
  /** The target, as one who asks with a secret in the path has to spell it. */
  readonly url: string
  /** From now on nobody answers. */
  fail(): void
}

/** Stands before a server and passes on what begins with a secret path, as providers of nodes do. */
export async function startPrefixProxy(target: string, secret: string): Promise<PrefixProxy> {
  let isFailing = false
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const prefix = `/${secret}`
      if (isFailing || !request.url?.startsWith(prefix)) return void response.writeHead(403).end('{}')
      const { method = 'GET', headers } = request
      const path = request.url.slice(prefix.length)
      fetch(new URL(path, target), {
        method,
        headers: { 'content-type': headers['content-type'] ?? '' },
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      }).then(
        async (answer) => void response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())),
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    fail: () => void (isFailing = true),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
