import { request } from 'undici'
import { hostOf, messageOf, SnetError } from '../shared/errors.js'

export interface FetchConfig {
  /** Base of a kubo RPC API or a gateway, such as `http://127.0.0.1:5001`. */
  readonly endpoint: string
  /** For one whole fetch, all of its requests together. */
  readonly timeoutMs: number
  readonly maxBytes: number
}

export interface Fetched {
  readonly status: number
  readonly body: Uint8Array
}

/** One request whose body is bounded while it arrives; redirects are not followed. Error: `unavailable`. */
export async function fetchBounded(
  { endpoint, maxBytes }: FetchConfig,
  ask: { method: 'GET' | 'POST'; path: string; accept?: string },
  signal: AbortSignal,
): Promise<Fetched> {
  const url = endpoint.replace(/\/+$/, '') + ask.path
  try {
    const { statusCode, body } = await request(url, {
      method: ask.method,
      signal,
      ...(ask.accept && { headers: { accept: ask.accept } }),
    })
    const chunks: Buffer[] = []
    let total = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      total += chunk.length
      if (total > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
    return { status: statusCode, body: Buffer.concat(chunks) }
  } catch (cause) {
    const reason = signal.aborted ? 'no complete answer in time' : messageOf(cause)
    throw new SnetError('unavailable', `${ask.method} ${hostOf(url)}${ask.path} failed: ${reason}`, {
      hint: 'Check that ipfs_endpoint is right and reachable from this host.',
      cause,
    })
  }
}
