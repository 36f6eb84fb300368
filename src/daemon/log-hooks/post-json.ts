import { isObject } from '../../shared/is-object.js'
import { Later, Refusal } from './sender.js'

const MAX_ANSWER_BYTES = 16 * 1024
const AGAIN = [408, 425, 429]

export interface Post {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
  readonly signal: AbortSignal
}

/** Posts one document. Redirects are not followed: they would take secrets to others. Errors: as `Sender` says. */
export async function postJson({ url, headers, body, signal }: Post): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal,
  }).catch((fault: Error) => {
    // The library says no more than "fetch failed"; its cause may name addresses, but no path.
    throw fault.cause instanceof Error ? new Error(fault.cause.message, { cause: fault }) : fault
  })
  if (answer.ok) return await answer.body?.cancel()
  const told = await readStart(answer)
  const message = `HTTP status ${answer.status}${told.description === undefined ? '' : `: ${told.description}`}`
  if (answer.status < 500 && !AGAIN.includes(answer.status)) throw new Refusal(message)
  throw new Later(message, told.afterMs ?? afterMsOf(answer.headers.get('retry-after')))
}

/** Seconds, or a date. */
function afterMsOf(header: string | null): number {
  if (header === null) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}

/** What a bot's server says of why and when, if it is one. */
async function readStart({ body }: Response): Promise<{ description?: string; afterMs?: number }> {
  try {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body ?? []) {
      chunks.push(chunk as Uint8Array)
      if ((size += (chunk as Uint8Array).length) > MAX_ANSWER_BYTES) return {}
    }
    const said: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (!isObject(said)) return {}
    const { description, parameters } = said
    const seconds = isObject(parameters) ? parameters['retry_after'] : undefined
    return {
      ...(typeof description === 'string' && { description: description.slice(0, 200) }),
      ...(typeof seconds === 'number' && { afterMs: seconds * 1_000 }),
    }
  } catch {
    return {}
  }
}
