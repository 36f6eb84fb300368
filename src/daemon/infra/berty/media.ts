import { messageOf, SnetError } from '../../../shared/errors.js'
import type { BertyMessengerMethods } from '../../../shared/wire/index.js'
import type { Sent } from '../contract/berty.js'
import type { PublicKey } from '../contract/keys.js'
import type { BertyCalls } from './calls.js'
import { messengerMethod } from './methods.js'
import { interact, type SendOptions } from './sending.js'

export interface Medium {
  readonly bytes: Uint8Array
  readonly mimeType: string
  readonly filename: string
  readonly displayName: string
}

/** Far below what a request may hold. */
const BLOCK_BYTES = 64 * 1024

/** The limit of time counts for both calls together. Error: `wrong-state` where Berty has no media. */
export async function sendMedia(
  calls: BertyCalls,
  group: PublicKey,
  medium: Medium,
  options: SendOptions,
): Promise<Sent> {
  const { connection, probed } = calls.reached.current
  if (!probed.details.hasMedia)
    throw new SnetError('wrong-state', `Berty ${probed.details.version} (era ${probed.details.era}) has no media`, {
      hint: 'Media ended with version 2.434.7. Noise of the same size can be sent as text instead (media as text).',
    })
  const endsAt = Date.now() + options.timeoutMs
  const prepare = messengerMethod('MediaPrepare')
  try {
    const { cid = '' } = await connection.upload(prepare, requestsOf(medium), options)
    if (cid === '') return { outcome: 'error', reason: 'Berty answered no cid for the medium' }
    // The message holds only the medium: its payload is absent, not empty.
    const message = { group, payload: undefined, mediaCids: [cid] }
    return await interact(calls, message, { ...options, timeoutMs: Math.max(1, endsAt - Date.now()) })
  } catch (thrown) {
    // Nothing has gone into the group before the second call, which has its own outcome.
    return { outcome: 'error', reason: `the medium was not stored: ${messageOf(thrown)}` }
  }
}

/** The first request describes the medium and has no block; the others have a block each (berty 3.6). */
function requestsOf({ bytes, mimeType, filename, displayName }: Medium): BertyMessengerMethods['MediaPrepare'][0][] {
  const info = { mime_type: mimeType, filename, display_name: displayName }
  const count = Math.ceil(bytes.length / BLOCK_BYTES)
  const blocks = Array.from({ length: count }, (_, index) => ({
    block: bytes.subarray(index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES),
  }))
  return [{ info }, ...blocks]
}
