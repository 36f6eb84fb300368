import { createPublicKey, verify } from 'node:crypto'
import { BERTY } from '../../../../shared/wire/index.js'
import type { InviteContent } from '../../contract/berty.js'
import { publicKey } from '../../contract/keys.js'
import type { LinkFields } from './link-fields.js'

/** DER of an Ed25519 public key, up to its 32 bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * What keeps an invite from being used; undefined for a good one. Berty itself checks the signature only, and joins
 * groups of other types too, where nothing works (berty 4.2).
 */
export function judgeInvite({ kind, group }: LinkFields): string | undefined {
  if (kind === BERTY.linkKind.encrypted) return 'it is protected by a passphrase; ask for a link without one'
  if (kind !== BERTY.linkKind.group) return `it invites to no group (kind ${kind})`
  if (group.publicKey.length !== 32) return `the group's key has ${group.publicKey.length} bytes instead of 32`
  if (group.secret.length !== 32) return `the secret has ${group.secret.length} bytes instead of 32`
  if (group.secretSig.length !== 64) return `the signature has ${group.secretSig.length} bytes instead of 64`
  if (group.groupType !== BERTY.groupType.multiMember)
    return `the group is of type ${group.groupType}, no group of several members`
  if (!isSigned(group)) return 'the secret is not signed by the group'
  return undefined
}

function isSigned(group: LinkFields['group']): boolean {
  const key = { key: Buffer.concat([SPKI_PREFIX, group.publicKey]), format: 'der', type: 'spki' } as const
  try {
    return verify(null, group.secret, createPublicKey(key), group.secretSig)
  } catch {
    return false
  }
}

/**
 * Builds the content from fields that have been judged. It copies the bytes, so that the buffer they came from can be
 * freed.
 */
export const contentOf = ({ group, displayName, internalUrl, webUrl }: LinkFields): InviteContent => ({
  publicKey: publicKey(group.publicKey),
  secret: Uint8Array.from(group.secret),
  secretSig: Uint8Array.from(group.secretSig),
  signPub: Uint8Array.from(group.signPub),
  linkKey: Uint8Array.from(group.linkKey),
  linkKeySig: Uint8Array.from(group.linkKeySig),
  displayName,
  internalUrl,
  webUrl,
})
