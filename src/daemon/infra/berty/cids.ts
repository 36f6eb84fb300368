import { base32 } from 'multiformats/bases/base32'
import { base58btc } from 'multiformats/bases/base58'
import { base64url } from 'multiformats/bases/base64'
import { cid, type Cid, type PublicKey, bytesOf, publicKey } from '../contract/keys.js'

/** Far longer than any CID of Berty; a longer text is refused without decoding it. */
const MAX_CID_TEXT = 512

/**
 * A CID as Berty writes it: base58btc for version 0, base32 for version 1, unpadded base64url for media. Undefined for
 * what is none of these.
 */
export function cidOfText(text: string): Cid | undefined {
  const bytes = text.length <= MAX_CID_TEXT ? decodeCid(text) : undefined
  return bytes && isCid(bytes) ? cid(bytes) : undefined
}

function decodeCid(text: string): Uint8Array | undefined {
  try {
    if (text.startsWith('Qm')) return base58btc.baseDecode(text)
    if (/^b[a-z2-7]+$/.test(text)) return base32.decode(text)
    return base64url.baseDecode(text)
  } catch {
    return undefined
  }
}

const isVersion0 = (bytes: Uint8Array): boolean => bytes.length === 34 && bytes[0] === 0x12 && bytes[1] === 0x20
const isCid = (bytes: Uint8Array): boolean => isVersion0(bytes) || (bytes.length > 4 && bytes[0] === 0x01)

export function textOfCid(id: Cid): string {
  const bytes = bytesOf(id)
  return isVersion0(bytes) ? base58btc.baseEncode(bytes) : base32.encode(bytes)
}

/** How the messenger writes keys. */
export const conversationKey = (group: PublicKey): string => bytesOf(group).toString('base64url')

/** Undefined for bytes that are no key: the sender of an event may have put anything in. */
export const keyOf = (bytes: Uint8Array | undefined): PublicKey | undefined =>
  bytes?.length === 32 ? publicKey(bytes) : undefined
