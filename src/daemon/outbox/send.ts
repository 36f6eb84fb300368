import { linkAbort } from '../../shared/abort.js'
import { messageOf } from '../../shared/errors.js'
import type { ReportRequest } from '../../shared/wire/index.js'

export interface SenderConfig {
  /** For one request, from the connection to the end of the answer. */
  readonly timeoutMs: number
}

/** How a request ended: `reason` is in words for everybody, without addresses. */
export type Sent = { readonly status: number; readonly text: string } | { readonly reason: string }

/** Sends requests one by one, within memory and time that nobody else can stretch. No redirect is followed. */
export interface Sender extends AsyncDisposable {
  /** Never fails. @param signal gives it up */
  send(request: ReportRequest, signal: AbortSignal): Promise<Sent>
}

/** Of an answer nothing more is read. */
const MAX_ANSWER_BYTES = 64 * 1024

export function openSender({ timeoutMs }: SenderConfig): Sender {
  let open: ReturnType<typeof openHttp> | undefined
  return {
    async send({ method, url, headers, body }, signal) {
      const over = new AbortController()
      using _linked = linkAbort(over, signal)
      const timer = setTimeout(() => over.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      try {
        const { http, dispatcher } = await (open ??= openHttp(timeoutMs))
        const sent = { method, headers, ...(body !== undefined && { body }), signal: over.signal, dispatcher } as const
        const answer = await http.request(url, sent)
        answer.body.on('error', () => undefined)
        return { status: answer.statusCode, text: await readFirst(answer.body) }
      } catch (fault) {
        return { reason: over.signal.aborted ? messageOf(over.signal.reason) : reasonOf(fault) }
      } finally {
        clearTimeout(timer)
      }
    },
    [Symbol.asyncDispose]: async () => await (await open)?.dispatcher.destroy(),
  }
}

/** Loaded for the first request: most daemons send none. */
async function openHttp(timeoutMs: number) {
  const { default: http } = await import('undici')
  // One limit covers the whole of a request.
  return { http, dispatcher: new http.Agent({ connect: { timeout: timeoutMs }, headersTimeout: 0, bodyTimeout: 0 }) }
}

/** The answer as far as it matters; one that goes on and on is cut. */
async function readFirst(body: AsyncIterable<Buffer> & { destroy(): void }): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    parts.push(part)
    if ((bytes += part.length) > MAX_ANSWER_BYTES) break
  }
  return Buffer.concat(parts).toString('utf8', 0, MAX_ANSWER_BYTES)
}

/** The code of the system says enough; its message has the address. */
function reasonOf(fault: unknown): string {
  const { code, name } = fault as NodeJS.ErrnoException
  return code ?? name
}
