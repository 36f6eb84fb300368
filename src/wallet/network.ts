import { FetchRequest, JsonRpcProvider, Network } from 'ethers'
import { shortReason } from '../ethereum/index.js'
import { hostOf, SnetError } from '../shared/errors.js'
import { withTimeLimit } from '../shared/time-limit.js'
import { splitUrls } from '../shared/url-list.js'

const TIMEOUT_MS = 20_000

/**
 * The chain as a wallet sees it, by the first of the nodes that answers; closed with its scope. Errors: `unavailable`;
 * `invalid-config` where nodes serve different chains.
 * @param rpc URL of a node, or several that are separated by commas
 */
export async function openProvider(
  rpc: string,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<{ provider: JsonRpcProvider; chainId: bigint } & Disposable> {
  const { url, chainId } = await chooseNode(splitUrls(rpc), timeoutMs)
  const provider = new JsonRpcProvider(timedRequest(url, timeoutMs), undefined, {
    staticNetwork: Network.from(chainId),
    cacheTimeout: -1,
    polling: true,
  })
  return { provider, chainId, [Symbol.dispose]: () => provider.destroy() }
}

/** One node for all of a command: what one has taken, another need not know yet. */
async function chooseNode(urls: readonly string[], timeoutMs: number): Promise<{ url: string; chainId: bigint }> {
  const asked = await Promise.allSettled(urls.map(async (url) => ({ url, chainId: await readChainId(url, timeoutMs) })))
  const [first, ...others] = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (!first) throw (asked[0] as PromiseRejectedResult).reason
  const other = others.find(({ chainId }) => chainId !== first.chainId)
  if (!other) return first
  const [one, two] = [first, other].map(({ url, chainId }) => `${hostOf(url)} chain ${chainId}`)
  throw new SnetError('invalid-config', `the Ethereum nodes serve different chains: ${one}, ${two}`, {
    hint: 'Name nodes of one chain only.',
  })
}

async function readChainId(url: string, timeoutMs: number): Promise<bigint> {
  // The network is asked for once here; ethers would go on asking for ever behind a dead address.
  const probe = new JsonRpcProvider(timedRequest(url, timeoutMs), undefined, { staticNetwork: Network.from(0) })
  try {
    return BigInt((await probe.send('eth_chainId', [])) as string)
  } catch (cause) {
    throw new SnetError('unavailable', `no Ethereum node answers at ${hostOf(url)}: ${shortReason(cause)}`, {
      hint: 'Check the URL of the node (--rpc).',
      cause,
    })
  } finally {
    probe.destroy()
  }
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
