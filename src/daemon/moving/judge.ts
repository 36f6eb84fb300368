import type { Claimable, SignedPayment } from '../payments/ports.js'
import type { ChannelRecord, PendingClaim } from '../payments/index.js'
import type { Address } from '../../shared/units.js'

/** A rule that a record breaks, and what to do about it. */
export interface Fault {
  readonly fault: string
  readonly cure: string
}

export interface Judge {
  /** Undefined where nothing is wrong. */
  ofChannel(record: ChannelRecord): Fault | undefined
  /** @param record the channel of the claim */
  ofClaim(claim: PendingClaim, record: ChannelRecord | undefined): Fault | undefined
}

export interface JudgeDeps {
  readonly mpe: Address
  /** Payment group id of the store, as records spell it. */
  readonly groupId: string
  /** Layout S1. */
  readonly signerOf: (mpe: Address, payment: SignedPayment) => Claimable | undefined
}

/** Judges records by themselves and by what the contract would make of them, without asking the chain. */
export function createJudge({ mpe, groupId, signerOf }: JudgeDeps): Judge {
  const isSigned = (record: ChannelRecord, payment: SignedPayment): boolean => {
    const signer = signerOf(mpe, payment)?.signer.toLowerCase()
    // Stores of early versions have addresses in small letters.
    return signer === record.signer.toLowerCase() || signer === record.sender.toLowerCase()
  }
  return {
    ofChannel(record) {
      const { id, nonce, authorized, value, signature } = record
      if (record.groupId !== groupId) return FOREIGN
      if (authorized > value) {
        return {
          fault: `${authorized} cogs are signed, but the channel had ${value}`,
          cure: `Claim it: the contract pays at most what is there. "snetd channel claim ${id}" tells before anything is sent.`,
        }
      }
      if (authorized === 0n || isSigned(record, { channel: id, nonce, amount: authorized, signature })) return undefined
      return unsigned(`${authorized} cogs under nonce ${nonce}`)
    },
    ofClaim({ channel, nonce, amount, signature }, record) {
      if (!record) return ALONE
      if (nonce >= record.nonce) {
        return {
          fault: `it is of nonce ${nonce}, but the channel is under nonce ${record.nonce}`,
          cure: 'What is signed under that nonce could be sold again: stop the daemon, and merge the newest export of this store in.',
        }
      }
      if (amount === 0n) return EMPTY
      return isSigned(record, { channel, nonce, amount, signature })
        ? undefined
        : unsigned(`${amount} cogs under nonce ${nonce}`)
    },
  }
}

const unsigned = (what: string): Fault => ({
  fault: `what is kept as signature for ${what} is not by the signer or the sender of the channel`,
  cure: 'It collects nothing. An older export may have a signature that does: "snetd storage import" merges it in.',
})

const FOREIGN: Fault = {
  fault: 'the channel is of another payment group',
  cure: 'Calls are not paid with it here. Claim it with the daemon of that group.',
}

const ALONE: Fault = {
  fault: 'nothing is kept of its channel',
  cure: 'Import the export that has the channel as well.',
}

const EMPTY: Fault = {
  fault: 'it claims nothing',
  cure: 'Nothing is to be collected. Once the channel was claimed under a later nonce, it is forgotten.',
}
