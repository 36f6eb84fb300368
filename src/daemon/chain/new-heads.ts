import { type RawData, WebSocket } from 'ws'
import { onAbort } from '../../shared/abort.js'
import { messageOf } from '../../shared/errors.js'
import { wsAuthorization } from './provider-auth.js'

export interface NewHeadsConfig {
  readonly url: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
  readonly silenceMs: number
  readonly pingMs: number
}

const MAX_MESSAGE_BYTES = 1024 * 1024
/** Our pongs to a node that pings and never reads. */
const MAX_UNSENT_BYTES = 64 * 1024
const SUBSCRIBE = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] })

/**
 * One subscription from handshake to end; always fails, with the reason it ended, which has neither URL nor key.
 * @param onHead called for each head, and never after the end
 */
export function followHeads(config: NewHeadsConfig, onHead: () => void, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(new Error('closed by us'))
    const socket = new WebSocket(config.url, {
      headers: authorizationOf(config),
      handshakeTimeout: config.timeoutMs,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    })
    const timers = new Timers(config, (reason) => end(reason))
    const end = (reason: string): void => {
      timers.stop()
      stopping[Symbol.dispose]()
      socket.removeAllListeners()
      // Terminating a socket that is still connecting is reported as an error of it.
      socket.on('error', () => undefined)
      socket.terminate()
      reject(new Error(reason))
    }
    const stopping = onAbort(signal, () => end('closed by us'))
    const conversation = new Conversation()
    socket.on('open', () => socket.send(SUBSCRIBE))
    socket.on('message', (data, isBinary) => {
      const heard = conversation.hear(data, isBinary)
      if (heard === 'subscribed') timers.subscribed(() => socket.ping())
      else if (heard === 'head') {
        timers.head()
        onHead()
      } else end(heard.fault)
    })
    socket.on('pong', () => timers.pong())
    socket.on('ping', () => socket.bufferedAmount > MAX_UNSENT_BYTES && end('it does not read what we send'))
    socket.on('error', (error) => end(messageOf(error)))
    socket.on('close', (code) => end(`the node closed the connection (code ${code})`))
  })
}

function authorizationOf({ apiKey }: NewHeadsConfig): Record<string, string> {
  const authorization = wsAuthorization(apiKey)
  return authorization === undefined ? {} : { authorization }
}

/** What the node may say, in this order: that we are subscribed, then heads of that subscription. */
class Conversation {
  #subscription: string | undefined

  hear(data: RawData, isBinary: boolean): 'subscribed' | 'head' | { readonly fault: string } {
    const message = isBinary ? undefined : parse((data as Buffer).toString('utf8'))
    if (message?.error) return { fault: `the node answered eth_subscribe with ${errorText(message.error)}` }
    if (this.#subscription === undefined) {
      if (message?.id !== 1 || typeof message.result !== 'string') return NONSENSE
      this.#subscription = message.result
      return 'subscribed'
    }
    const { subscription, result } = message?.params ?? {}
    const isHead = /^0x[0-9a-f]+$/i.test(String((result as { number?: unknown } | null | undefined)?.number))
    return message?.method === 'eth_subscription' && subscription === this.#subscription && isHead ? 'head' : NONSENSE
  }
}

const NONSENSE = { fault: 'the node said something that is no new head' }

interface Message {
  readonly id?: unknown
  readonly method?: unknown
  readonly result?: unknown
  readonly error?: { readonly code?: unknown } | null
  readonly params?: { readonly subscription?: unknown; readonly result?: unknown } | null
}

function parse(text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as unknown
    return typeof message === 'object' && message !== null ? message : undefined
  } catch {
    return undefined
  }
}

/** The code alone: some providers repeat the URL, and so the key, in their text. */
const errorText = ({ code }: { readonly code?: unknown }): string =>
  typeof code === 'number' ? `error ${code}` : 'an error'

/** Ends a subscription that is not made, not fed or not alive. */
class Timers {
  readonly #config: NewHeadsConfig
  readonly #onTimeout: (reason: string) => void
  #silence: NodeJS.Timeout
  #pings: NodeJS.Timeout | undefined
  #isPongDue = false

  constructor(config: NewHeadsConfig, onTimeout: (reason: string) => void) {
    this.#config = config
    this.#onTimeout = onTimeout
    // The handshake has the same limit of its own, so this one counts for both together.
    this.#silence = setTimeout(() => onTimeout('no answer to eth_subscribe'), 2 * config.timeoutMs)
  }

  subscribed(ping: () => void): void {
    this.head()
    this.#pings = setInterval(() => {
      if (this.#isPongDue) return this.#onTimeout('no answer to a ping')
      this.#isPongDue = true
      ping()
    }, this.#config.pingMs)
  }

  head(): void {
    clearTimeout(this.#silence)
    const { silenceMs } = this.#config
    this.#silence = setTimeout(() => this.#onTimeout(`no new block for ${Math.round(silenceMs / 1000)} s`), silenceMs)
  }

  pong(): void {
    this.#isPongDue = false
  }

  stop(): void {
    clearTimeout(this.#silence)
    clearInterval(this.#pings)
  }
}
