import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { InviteContent } from '../../src/daemon/infra/contract/berty.js'
import { publicKey } from '../../src/daemon/infra/contract/keys.js'

/** A group that nobody has joined, with keys of its own and a secret that it signed. */
export function aGroupInvite(name = 'g'): InviteContent {
  const group = generateKeyPairSync('ed25519')
  const secret = rawPublic(generateKeyPairSync('ed25519').publicKey)
  return {
    publicKey: publicKey(rawPublic(group.publicKey)),
    secret,
    secretSig: sign(null, secret, group.privateKey),
    signPub: new Uint8Array(),
    linkKey: new Uint8Array(),
    linkKeySig: new Uint8Array(64),
    displayName: name,
    internalUrl: 'berty://fake',
    webUrl: 'https://berty.tech/id#fake',
  }
}

const rawPublic = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-32)
