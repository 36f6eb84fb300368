import { FetchRequest, JsonRpcProvider, Network } from 'ethers'
import { shortReason } from '../ethereum/index.js'
import { hostOf, SnetError } from '../shared/errors.js'
import { withTimeLimit } from '../shared/time-limit.js'

const TIMEOUT_MS = 20_000

/** The chain as a wallet sees it; closed with its scope. Error: `unavailable`. */
export async function openProvider(
  rpc: string,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<{ provider: JsonRpcProvider; chainId: bigint } & Disposable> {
  const request = timedRequest(rpc, timeoutMs)
  // The network is asked for once here; ethers would go on asking for ever behind a dead address.
  const probe = new JsonRpcProvider(request, undefined, { staticNetwork: Network.from(0) })
  let chainId: bigint
  try {
    chainId = BigInt((await probe.send('eth_chainId', [])) as string)
  } catch (cause) {
    throw new SnetError('unavailable', `no Ethereum node answers at ${hostOf(rpc)}: ${shortReason(cause)}`, {
      hint: 'Check the URL of the node (--rpc).',
      cause,
    })
  } finally {
    probe.destroy()
  }
  const provider = new JsonRpcProvider(request, undefined, {
    staticNetwork: Network.from(chainId),
    cacheTimeout: -1,
    polling: true,
  })
  return { provider, chainId, [Symbol.dispose]: () => provider.destroy() }
}

/** A request that ends in time, for each that is sent. */
export function timedRequest(url: string, timeoutMs: number): FetchRequest {
  const request = new FetchRequest(url)
  request.timeout = timeoutMs
  // By itself ethers counts from byte to byte, and not at all once the connection has gone over to another protocol.
  const getUrl = FetchRequest.createGetUrlFunc()
  const late = (): Error => new Error(`no complete answer within ${timeoutMs / 1000} s`)
  request.getUrlFunc = (asked, signal) => withTimeLimit({ ms: timeoutMs, late }, () => getUrl(asked, signal))
  return request
}
