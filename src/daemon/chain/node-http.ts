import { Agent, request } from 'undici'
import { linkAbort } from '../../shared/abort.js'
import { messageOf } from '../../shared/errors.js'
import { httpAuthorization } from './provider-auth.js'

export interface NodeHttpConfig {
  readonly url: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
  /** A longer answer is refused while it arrives. */
  readonly maxBytes: number
}

/** The node, not the question, is at fault: it could not be reached, was too slow, refused us, or talks nonsense. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault'
}

/** One JSON document to the node and one back, within memory and time that the node cannot stretch. */
export interface NodeHttp extends AsyncDisposable {
  /**
   * No redirect is followed and nothing is tried twice. Error: `NodeFault`, whose message has neither URL nor key.
   * @param signal ends the request early
   */
  post(body: unknown, signal: AbortSignal): Promise<unknown>
}

export function openNodeHttp({ url, apiKey, timeoutMs, maxBytes }: NodeHttpConfig): NodeHttp {
  const closing = new AbortController()
  // One deadline covers the whole request, so undici's own limits for its parts are off.
  const dispatcher = new Agent({ connect: { timeout: timeoutMs }, headersTimeout: 0, bodyTimeout: 0 })
  const authorization = httpAuthorization(url, apiKey)
  const headers = {
    'content-type': 'application/json',
    // An answer that unpacks to a thousand times its size is none.
    'accept-encoding': 'identity',
    ...(authorization && { authorization }),
  }
  return {
    async post(body, deadline) {
      const over = new AbortController()
      using _linked = linkAbort(over, deadline, closing.signal)
      const { signal } = over
      try {
        const answer = await request(url, { method: 'POST', headers, body: JSON.stringify(body), signal, dispatcher })
        // The body of a stream that is given up fails with an error of its own; it has been told already.
        answer.body.on('error', () => undefined)
        if (answer.statusCode !== 200) {
          answer.body.destroy()
          throw new NodeFault(`HTTP status ${answer.statusCode}`)
        }
        return parse(await readBounded(answer.body, maxBytes))
      } catch (cause) {
        if (closing.signal.aborted) throw new NodeFault('the connection to it was closed', { cause })
        if (cause instanceof NodeFault) throw cause
        throw new NodeFault(messageOf(cause), { cause })
      }
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return
      closing.abort()
      await dispatcher.destroy()
    },
  }
}

async function readBounded(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of body) {
    total += chunk.length
    if (total > maxBytes) throw new NodeFault(`the answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new NodeFault('the answer is not JSON', { cause })
  }
}
