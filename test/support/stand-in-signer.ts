import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getBytes, Transaction, type TransactionLike, Wallet } from 'ethers'

interface SignerAnswers {
  /** What is done to a transaction before it is signed: an honest signer changes nothing. */
  readonly change?: (transaction: TransactionLike) => TransactionLike
  /** Answers with an object that holds the bytes, as some nodes do. */
  readonly isWrapped?: boolean
  readonly strangers?: readonly string[]
}

/** A program that keeps keys and signs over JSON-RPC: what `--signer` speaks to. */
export async function startStandInSigner(
  key: string,
  { change = (same) => same, isWrapped = false, strangers = [] }: SignerAnswers = {},
): Promise<{ readonly url: string; readonly methods: string[] } & AsyncDisposable> {
  const wallet = new Wallet(key)
  const methods: string[] = []
  const answer = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    methods.push(method)
    if (method === 'eth_accounts') return [wallet.address.toLowerCase(), ...strangers]
    if (method === 'eth_sign') return await wallet.signMessage(getBytes(params[1] as string))
    if (method !== 'eth_signTransaction') throw new Error(`the method ${method} does not exist`)
    const { from: _, gas, ...fields } = params[0] as TransactionLike & { gas: string; from: string }
    const asked: TransactionLike = { ...fields, gasLimit: gas, nonce: Number(fields.nonce), chainId: fields.chainId }
    const raw = await wallet.signTransaction(Transaction.from(change(asked)))
    return isWrapped ? { raw, tx: {} } : raw
  }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = ''
    for await (const part of request) text += String(part)
    const { id, method, params } = JSON.parse(text) as { id: number; method: string; params: unknown[] }
    const outcome = await answer(method, params).then(
      (result) => ({ result }),
      (fault: Error) => ({ error: { code: -32_601, message: fault.message } }),
    )
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }))
  }
  const server = createServer((request, response) => void serve(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
