import { request } from 'node:https'
import { answerTo } from '../../../shared/http-answer.js'
import { withTimeLimit } from '../../../shared/time-limit.js'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly body?: string
  /** Who vouches for the host; the system's authorities by default. */
  readonly ca: Buffer | undefined
  readonly signal: AbortSignal
}

const TIME_LIMIT_MS = 20_000
const MAX_BYTES = 256 * 1024

/** One request and its whole answer, within bounds of time and bytes. */
export function ask(url: string, { method, body, ca, signal }: Question): Promise<Answer> {
  if (!url.startsWith('https://')) throw new Error(`${url.slice(0, 200)} is not https`)
  const late = (): Error => new Error(`${new URL(url).host} did not answer in time`)
  return withTimeLimit({ ms: TIME_LIMIT_MS, signal, late }, async (limit) => {
    const headers = { 'user-agent': 'snetd', ...(body !== undefined && { 'content-type': 'application/jose+json' }) }
    const asking = request(url, { method, headers, agent: false, signal: limit, ...(ca && { ca }) })
    asking.end(body)
    const response = await answerTo(asking)
    response.setEncoding('utf8')
    let text = ''
    for await (const part of response as AsyncIterable<string>) {
      text += part
      if (text.length > MAX_BYTES) throw new Error(`${new URL(url).host} answers more than ${MAX_BYTES} bytes`)
    }
    return { status: response.statusCode ?? 0, headers: response.headers, body: text }
  })
}
