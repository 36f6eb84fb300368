import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An Ethereum node of few words: what each method answers, given its parameters. */
export type Answers = Record<string, (...params: unknown[]) => unknown>

export interface NodeServer extends AsyncDisposable {
  readonly url: string
  /** Replaces some of the answers. */
  answer(changes: Answers): void
}

const hash = (byte: string): string => `0x${byte.repeat(32)}`

/** What an answer throws is an error of the contract that was called. */
function bodyOf(answer: () => unknown): object {
  try {
    const result = answer()
    return result === undefined ? { error: { code: -32601, message: 'not known here' } } : { result }
  } catch (thrown) {
    return { error: { code: 3, message: (thrown as Error).message } }
  }
}

/** @param chainId what `eth_chainId` answers */
export async function startNode(chainId: number, changes: Answers = {}): Promise<NodeServer> {
  const answers: Answers = {
    eth_chainId: () => `0x${chainId.toString(16)}`,
    eth_getBlockByNumber: () => ({ number: '0x64', hash: hash('64'), parentHash: hash('63') }),
    ...changes,
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { id, method, params } = JSON.parse(Buffer.concat(parts).toString()) as {
        id: number
        method: string
        params: unknown[]
      }
      const body = bodyOf(() => answers[method]?.(...params))
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', id, ...body }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (more) => void Object.assign(answers, more),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
