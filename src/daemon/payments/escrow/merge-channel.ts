import { SnetError } from '../../../shared/errors.js'
import type { EscrowChannel } from '../../../shared/escrow-channel.js'
import { cogs, type GroupId, groupIdBytes } from '../../../shared/units.js'
import type { ChannelRecord, PaymentTerms } from '../ports.js'

/**
 * The channel as payments are judged against it: what the chain says joined with what was signed (snet-behaviour 3.2).
 * Undefined when the contract has no such channel. Error: `forbidden` for somebody else's channel.
 *
 * Before the expiration block only the recipient's claim moves the chain's nonce, so
 *  - stored nonce ahead: our claim was started and is not settled; the stored record stands,
 *  - stored nonce behind: it was settled or reset outside; what was signed under the old nonce is spent,
 *  - equal: the stored amount counts, value and expiration are the chain's.
 */
export function mergeChannel(
  chain: EscrowChannel | undefined,
  record: ChannelRecord | undefined,
  terms: PaymentTerms,
): ChannelRecord | undefined {
  if (!chain) return undefined
  refuseForeignChannel(chain, terms)
  if (!record || record.nonce < chain.nonce) return { ...chain, authorized: cogs(0n), signature: new Uint8Array() }
  if (record.nonce > chain.nonce) return record
  return { ...record, value: chain.value, expiration: chain.expiration }
}

function refuseForeignChannel(chain: EscrowChannel, terms: PaymentTerms): void {
  if (chain.recipient !== terms.recipient) {
    throw new SnetError(
      'forbidden',
      'recipient Address from org metadata does not Match on what was retrieved from Channel',
      {
        details: { channel: String(chain.id), recipient: chain.recipient, expected: terms.recipient },
        hint: 'Open a channel to the payment address of this payment group.',
      },
    )
  }
  if (chain.groupId !== terms.groupId) {
    throw new SnetError(
      'forbidden',
      `channel received belongs to another group of replicas, current group: ${byteList(terms.groupId)}, channel group: ${byteList(chain.groupId)}`,
      { details: { channel: String(chain.id) }, hint: 'Open a channel for the payment group of this service.' },
    )
  }
}

/** 32 bytes in the notation of the text that clients know: `[171 171 ...]`. */
const byteList = (id: GroupId): string => `[${[...groupIdBytes(id)].join(' ')}]`
