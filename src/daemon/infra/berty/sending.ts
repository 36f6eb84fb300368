import { messageOf, SnetError } from '../../../shared/errors.js'
import { BERTY } from '../../../shared/wire/index.js'
import { bertyCodecs } from '../../../shared/wire/grpc/index.js'
import type { Sent } from '../contract/berty.js'
import type { PublicKey } from '../contract/keys.js'
import { MAX_PROMPT_TEXT, MAX_TEXT } from '../limits.js'
import type { BertyCalls } from './calls.js'
import { cidOfText, conversationKey } from './cids.js'
import { BertyError } from './errors.js'

/**
 * Whether a text of this size can be sent, and what its sender should know. Refusals are for sizes that Berty takes, with
 * an OK and a cid, and then never delivers.
 */
export function checkTextSize(bytes: number): { readonly problem?: string; readonly warning?: string } {
  if (bytes > MAX_TEXT)
    return {
      problem: `a text of ${bytes} bytes would never arrive and would block what follows it: at most ${MAX_TEXT}`,
    }
  if (bytes > MAX_PROMPT_TEXT)
    return {
      warning: `texts above ${MAX_PROMPT_TEXT} bytes arrive only when a later, smaller message of the sender follows`,
    }
  return {}
}

export interface SendOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export async function sendText(calls: BertyCalls, group: PublicKey, body: string, options: SendOptions): Promise<Sent> {
  const { problem } = checkTextSize(Buffer.byteLength(body))
  if (problem !== undefined) return { outcome: 'error', reason: problem }
  return interact(calls, { group, payload: bertyCodecs.userMessage.encode({ body }), mediaCids: [] }, options)
}

/** A user message into a group. An OK with a cid means that this Berty has stored it, no more. */
export async function interact(
  calls: BertyCalls,
  { group, payload, mediaCids }: { group: PublicKey; payload: Buffer | undefined; mediaCids: readonly string[] },
  options: SendOptions,
): Promise<Sent> {
  if (options.signal?.aborted) return { outcome: 'error', reason: 'cancelled before it was sent', isUnsent: true }
  const request = {
    type: BERTY.appType.userMessage,
    ...(payload && { payload }),
    conversation_public_key: conversationKey(group),
    ...(mediaCids.length > 0 && { media_cids: mediaCids }),
  }
  try {
    const { cid = '' } = await calls.messenger('Interact', request, options)
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
  return { outcome: isRefused ? 'error' : 'unknown', reason, ...(isRefused && isSilence(thrown) && { isUnsent: true }) }
}

/** Whether there was no answer at all, neither a refusal nor an error of Berty's own. */
const isSilence = (thrown: unknown): boolean =>
  thrown instanceof SnetError && ['unavailable', 'timed-out', 'cancelled'].includes(thrown.kind)
