import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { blocksOf, cidOf } from '../content/index.js'

/** Serves content by its address, in the ways in which daemon and clients ask for it. */
export interface MetadataServer extends AsyncDisposable {
  readonly url: string
  /** Adds content and returns its URI, `ipfs://CID`. */
  publish(content: Uint8Array): Promise<string>
}

/** The Python clients go on only with a node of kubo's early versions. */
const KUBO_VERSION = { Version: '0.4.22', Commit: '', Repo: '7', System: 'amd64/linux', Golang: 'go1.12' }

/**
 * A small kubo: `cat`, `block/get` and `version` of its RPC API, by GET as the JS and Python clients ask and by POST as
 * daemons do, and a gateway under `/ipfs/`.
 */
export async function startMetadataServer(): Promise<MetadataServer> {
  const files = new Map<string, Uint8Array>()
  const blocks = new Map<string, Uint8Array>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const arg = url.searchParams.get('arg') ?? ''
    const gateway = /^\/ipfs\/([A-Za-z0-9]+)$/.exec(url.pathname)?.[1]
    if (url.pathname === '/api/v0/version')
      answer(response, Buffer.from(JSON.stringify(KUBO_VERSION)), 'application/json')
    else if (url.pathname === '/api/v0/cat') answer(response, files.get(arg), contentType(files.get(arg)))
    else if (url.pathname === '/api/v0/block/get') answer(response, blocks.get(arg), 'text/plain')
    else if (gateway !== undefined && url.searchParams.get('format') === 'raw')
      answer(response, blocks.get(gateway), 'application/vnd.ipld.raw')
    else if (gateway !== undefined) answer(response, files.get(gateway), contentType(files.get(gateway)))
    else answer(response, undefined, 'text/plain')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async publish(content) {
      const cid = await cidOf(content, { version: 0 })
      files.set(cid, content)
      for (const [block, bytes] of await blocksOf(content, { version: 0 })) blocks.set(block, bytes)
      return `ipfs://${cid}`
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function answer(response: ServerResponse, body: Uint8Array | undefined, type: string): void {
  // Web pages read it, too.
  response.setHeader('access-control-allow-origin', '*')
  if (body) response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body)
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('no such content\n')
}

/** The JS client parses content whose type is JSON. */
const contentType = (body: Uint8Array | undefined): string =>
  body?.[0] === 0x7b ? 'application/json' : 'application/octet-stream'
