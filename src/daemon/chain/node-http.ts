import { setMaxListeners } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { linkAbort } from '../../shared/abort.js'
import { messageOf } from '../../shared/errors.js'
import { httpAuthorization } from './provider-auth.js'

export interface NodeHttpConfig {
  readonly url: string
  readonly apiKey: string | undefined
  /** A longer answer is refused while it arrives. */
  readonly maxBytes: number
}

/** An idle connection is closed before most nodes close it, so that no question meets one that is being closed. */
const IDLE_MS = 4_000

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

export function openNodeHttp({ url, apiKey, maxBytes }: NodeHttpConfig): NodeHttp {
  const closing = new AbortController()
  // Each question under way listens, however many there are.
  setMaxListeners(0, closing.signal)
  const isTls = url.startsWith('https:')
  const options = { keepAlive: true, timeout: IDLE_MS }
  const agent = isTls ? new TlsAgent(options) : new Agent(options)
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
        const asking = (isTls ? tlsRequest : request)(url, { method: 'POST', headers, agent, signal })
        const answer = await answerTo(asking, JSON.stringify(body))
        if (answer.statusCode !== 200) {
          answer.destroy()
          throw new NodeFault(`HTTP status ${answer.statusCode}`)
        }
        return parse(await readBounded(answer, maxBytes))
      } catch (cause) {
        if (closing.signal.aborted) throw new NodeFault('the connection to it was closed', { cause })
        if (cause instanceof NodeFault) throw cause
        throw new NodeFault(messageOf(cause), { cause })
      }
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return
      closing.abort()
      agent.destroy()
    },
  }
}

function answerTo(asking: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    // It stays: what is given up fails once more, and that has been told.
    asking.on('error', fail)
    asking.once('response', (answer) => done(answer.on('error', () => undefined)))
    asking.end(body)
  })
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
