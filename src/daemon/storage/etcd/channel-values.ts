import { BIG_INT, bigIntBytes, byteArray, createGobWriter, defineGob, structShape } from '../../../shared/gob/index.js'
import {
  type Address,
  blockNumber,
  channelId,
  channelNonce,
  cogs,
  groupIdBytes,
  groupIdFromBytes,
  ZERO_ADDRESS,
} from '../../../shared/units.js'
import type { ChannelRecord, PendingClaim } from '../../payments/ports.js'
import { decodeShared, requireNumber } from './shared-values.js'

const ADDRESS = byteArray(20, 'Address')

/** What Go reads and writes as PaymentChannelData (snet-wire 6.2). */
const writeChannel = createGobWriter(
  defineGob(
    structShape(
      'PaymentChannelData',
      ['ChannelID', BIG_INT],
      ['Nonce', BIG_INT],
      ['State', 'int'],
      ['Sender', ADDRESS],
      ['Recipient', ADDRESS],
      ['GroupID', byteArray(32)],
      ['FullAmount', BIG_INT],
      ['Expiration', BIG_INT],
      ['Signer', ADDRESS],
      ['AuthorizedAmount', BIG_INT],
      ['Signature', 'bytes'],
    ),
  ),
)

export const encodeChannel = (record: ChannelRecord): Buffer =>
  writeChannel({
    ChannelID: bigIntBytes(record.id),
    Nonce: bigIntBytes(record.nonce),
    Sender: bytesOf(record.sender),
    Recipient: bytesOf(record.recipient),
    GroupID: groupIdBytes(record.groupId),
    FullAmount: bigIntBytes(record.value),
    Expiration: bigIntBytes(record.expiration),
    Signer: bytesOf(record.signer),
    AuthorizedAmount: bigIntBytes(record.authorized),
    Signature: record.signature,
  })

/** @param toAddress the EIP-55 spelling of an address: the reference keeps the bytes only */
export const decodeChannel = (bytes: Uint8Array, key: string, toAddress: (text: string) => Address): ChannelRecord =>
  decodeShared(bytes, key, (fields) => {
    const address = (name: string): Address => toAddress(`0x${hex(fields.array(name, 20))}`)
    return {
      id: channelId(requireNumber(fields, 'ChannelID')),
      nonce: channelNonce(requireNumber(fields, 'Nonce')),
      sender: address('Sender'),
      recipient: address('Recipient'),
      groupId: groupIdFromBytes(fields.array('GroupID', 32)),
      value: cogs(requireNumber(fields, 'FullAmount')),
      expiration: blockNumber(requireNumber(fields, 'Expiration')),
      signer: address('Signer'),
      authorized: cogs(requireNumber(fields, 'AuthorizedAmount')),
      signature: chainSignature(fields.bytes('Signature')),
    }
  })

const CLAIM_FIELDS = [
  ['MpeContractAddress', ADDRESS],
  ['ChannelID', BIG_INT],
  ['ChannelNonce', BIG_INT],
  ['Amount', BIG_INT],
  ['Signature', 'bytes'],
] as const

/** What Go reads and writes as Payment. */
const writeClaim = createGobWriter(defineGob(structShape('Payment', ...CLAIM_FIELDS)))

/**
 * The reference cannot tell that a claim sends the rest back. Go skips a field that its type does not have, and it never
 * writes a claim a second time, so one more field is safe beside its daemons.
 */
const writeSendback = createGobWriter(defineGob(structShape('Payment', ...CLAIM_FIELDS, ['Sendback', 'bool'])))

export const encodeClaim = (claim: PendingClaim): Buffer =>
  (claim.sendback ? writeSendback : writeClaim)({
    // As the reference keeps it: the contract is a part of the key.
    MpeContractAddress: bytesOf(ZERO_ADDRESS),
    ChannelID: bigIntBytes(claim.channel),
    ChannelNonce: bigIntBytes(claim.nonce),
    Amount: bigIntBytes(claim.amount),
    Signature: claim.signature,
    Sendback: claim.sendback ?? false,
  })

export const decodeClaim = (bytes: Uint8Array, key: string): PendingClaim =>
  decodeShared(bytes, key, (fields) => ({
    channel: channelId(requireNumber(fields, 'ChannelID')),
    nonce: channelNonce(requireNumber(fields, 'ChannelNonce')),
    amount: cogs(requireNumber(fields, 'Amount')),
    signature: chainSignature(fields.bytes('Signature')),
    ...(fields.flag('Sendback') && { sendback: true }),
  }))

const SIGNATURE_BYTES = 65

/** The reference keeps signatures as clients sent them; the contract wants 27 and 28 where some send 0 and 1. */
function chainSignature(signature: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(signature)
  const last = copy[SIGNATURE_BYTES - 1]
  if (copy.length === SIGNATURE_BYTES && last !== undefined && last <= 1) copy[SIGNATURE_BYTES - 1] = last + 27
  return copy
}

const bytesOf = (address: Address): Uint8Array => Buffer.from(address.slice(2), 'hex')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
