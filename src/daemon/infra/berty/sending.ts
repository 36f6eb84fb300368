import { messageOf, SnetError } from '../../../shared/errors.js'
import { BERTY, bertyCodecs } from '../../../shared/wire/index.js'
import type { Sent } from '../berty.js'
import type { PublicKey } from '../keys.js'
import type { Asking } from './asking.js'
import { cidOfText, conversationKey } from './cids.js'
import { BertyError } from './errors.js'

/** Above it a text never arrives, and keeps what its sender sends after it from arriving (berty 3.7). */
const MAX_TEXT_BYTES = 3_000_000
/** Up to it a text arrives by itself. */
const MAX_PROMPT_TEXT_BYTES = 580_000

/**
 * Whether a text of this size can be sent, and what its sender should know. Refusals are for sizes that Berty takes, with
 * an OK and a cid, and then never delivers.
 */
export function checkTextSize(bytes: number): { readonly problem?: string; readonly warning?: string } {
  if (bytes > MAX_TEXT_BYTES)
    return {
      problem: `a text of ${bytes} bytes would never arrive and would block what follows it: at most ${MAX_TEXT_BYTES}`,
    }
  if (bytes > MAX_PROMPT_TEXT_BYTES)
    return {
      warning: `texts above ${MAX_PROMPT_TEXT_BYTES} bytes arrive only when a later, smaller message of the sender follows`,
    }
  return {}
}

export interface SendOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export async function sendText(ask: Asking, group: PublicKey, body: string, options: SendOptions): Promise<Sent> {
  const { problem } = checkTextSize(Buffer.byteLength(body))
  if (problem !== undefined) return { outcome: 'error', reason: problem }
  return interact(ask, { group, payload: bertyCodecs.userMessage.encode({ body }), mediaCids: [] }, options)
}

/** A user message into a group. An OK with a cid means that this Berty has stored it, no more. */
export async function interact(
  ask: Asking,
  { group, payload, mediaCids }: { group: PublicKey; payload: Buffer | undefined; mediaCids: readonly string[] },
  options: SendOptions,
): Promise<Sent> {
  if (options.signal?.aborted) return { outcome: 'error', reason: 'cancelled before it was sent' }
  const request = {
    type: BERTY.appType.userMessage,
    ...(payload && { payload }),
    conversation_public_key: conversationKey(group),
    ...(mediaCids.length > 0 && { media_cids: mediaCids }),
  }
  try {
    const { cid = '' } = await ask.messenger<{ cid?: string }>('Interact', request, options)
    const id = cidOfText(cid)
    return id
      ? { outcome: 'sent', cid: id }
      : { outcome: 'error', reason: `Berty answered no cid: "${cid.slice(0, 80)}"` }
  } catch (thrown) {
    return outcomeOf(thrown)
  }
}

/**
 * Without an answer a message that was handed over may be out or not; one that Berty refused, or that found no
 * connection to leave by, is not.
 */
function outcomeOf(thrown: unknown): Sent {
  const reason = messageOf(thrown)
  const isRefused =
    thrown instanceof BertyError
      ? thrown.isUnsent || !isSilence(thrown)
      : !(thrown instanceof SnetError && thrown.kind === 'cancelled')
  return { outcome: isRefused ? 'error' : 'unknown', reason }
}

const isSilence = ({ kind }: SnetError): boolean => ['unavailable', 'timed-out', 'cancelled'].includes(kind)
