import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { blocksOf, cidOf } from '../../src/content/index.js'

export interface IpfsServer extends AsyncDisposable {
  readonly url: string
  /** Method and path of each request, in order. */
  readonly asked: readonly string[]
  /** Adds content as kubo would and returns its CID. */
  add(content: Uint8Array, as?: { version: 0 | 1 }): Promise<string>
  /** Adds single blocks, for files that were imported in another way. */
  addBlocks(blocks: ReadonlyMap<string, Uint8Array>): void
  /** What `cat` answers for this CID, whatever the CID says. */
  pretend(cid: string, content: Uint8Array): void
}

export interface IpfsServerOptions {
  /** What the server speaks: kubo's RPC API (POST), a gateway (GET), which answers POST with the given status. */
  readonly speaks?: 'kubo' | { readonly gateway: 404 | 405 | 501 }
  /** Takes a request over; false lets it pass. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** An IPFS endpoint with the habits of one kind only, so that a test sees which one was used. */
export async function startIpfsServer({ speaks = 'kubo', intercept }: IpfsServerOptions = {}): Promise<IpfsServer> {
  const files = new Map<string, Uint8Array>()
  const blocks = new Map<string, Uint8Array>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.on('error', () => undefined)
    if (intercept?.(request, response)) return
    const url = new URL(request.url ?? '/', 'http://localhost')
    const isRpc = url.pathname.startsWith('/api/')
    if (isRpc && (request.method !== 'POST' || speaks !== 'kubo')) {
      return void response.writeHead(speaks === 'kubo' ? 405 : speaks.gateway).end()
    }
    if (!isRpc && (request.method !== 'GET' || speaks === 'kubo')) return void response.writeHead(404).end()
    const cid = isRpc ? (url.searchParams.get('arg') ?? '') : url.pathname.replace('/ipfs/', '')
    const wantsBlock = url.pathname.endsWith('/block/get') || url.searchParams.get('format') === 'raw'
    const body = (wantsBlock ? blocks : files).get(cid)
    // kubo itself answers 500 for what it cannot find.
    if (body) response.writeHead(200).end(body)
    else response.writeHead(isRpc ? 500 : 404).end('not found')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const addBlocks = (more: ReadonlyMap<string, Uint8Array>): void => {
    for (const [cid, block] of more) blocks.set(cid, block)
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async add(content, as = { version: 0 }) {
      const cid = await cidOf(content, as)
      files.set(cid, content)
      addBlocks(await blocksOf(content, as))
      return cid
    },
    addBlocks,
    pretend: (cid, content) => void files.set(cid, content),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
