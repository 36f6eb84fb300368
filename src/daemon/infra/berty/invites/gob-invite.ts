import { decodeGob, type GobStruct, type GobValue } from './gob-decoder.js'
import { encodeGob, type GobType } from './gob-encoder.js'
import type { LinkFields } from './link-fields.js'

/**
 * What the older control daemon sends: its ShareableBertyGroup reply as Go's gob, under the names of current builds.
 */
const TYPES: readonly [GobType, ...GobType[]] = [
  {
    id: 65,
    name: 'ShareableBertyGroup_Reply',
    fields: [
      ['Link', 66],
      ['InternalUrl', 'string'],
      ['WebUrl', 'string'],
    ],
  },
  {
    id: 66,
    name: 'BertyLink',
    fields: [
      ['Kind', 'int'],
      ['BertyId', 67],
      ['BertyGroup', 68],
      ['BertyMessageRef', 70],
      ['Encrypted', 71],
    ],
  },
  {
    id: 67,
    name: 'BertyID',
    fields: [
      ['PublicRendezvousSeed', 'bytes'],
      ['AccountPk', 'bytes'],
      ['DisplayName', 'string'],
    ],
  },
  {
    id: 68,
    name: 'BertyGroup',
    fields: [
      ['Group', 69],
      ['DisplayName', 'string'],
    ],
  },
  {
    id: 69,
    name: 'Group',
    fields: [
      ['PublicKey', 'bytes'],
      ['Secret', 'bytes'],
      ['SecretSig', 'bytes'],
      ['GroupType', 'int'],
      ['SignPub', 'bytes'],
      ['LinkKey', 'bytes'],
      ['LinkKeySig', 'bytes'],
    ],
  },
  {
    id: 70,
    name: 'BertyLink_BertyMessageRef',
    fields: [
      ['AccountId', 'string'],
      ['GroupPk', 'string'],
      ['MessageId', 'string'],
    ],
  },
  {
    id: 71,
    name: 'BertyLink_Encrypted',
    fields: [
      ['Kind', 'int'],
      ['Nonce', 'bytes'],
      ['DisplayName', 'string'],
      ['Checksum', 'bytes'],
      ['ContactPublicRendezvousSeed', 'bytes'],
      ['ContactAccountPk', 'bytes'],
      ['GroupPublicKey', 'bytes'],
      ['GroupSecret', 'bytes'],
      ['GroupSecretSig', 'bytes'],
      ['GroupType', 'int'],
      ['GroupSignPub', 'bytes'],
      ['GroupLinkKeySig', 'bytes'],
    ],
  },
]

export function encodeGobInvite({ kind, group, displayName, internalUrl, webUrl }: LinkFields): Buffer {
  return encodeGob(TYPES, {
    Link: {
      Kind: kind,
      BertyGroup: {
        Group: {
          PublicKey: group.publicKey,
          Secret: group.secret,
          SecretSig: group.secretSig,
          GroupType: group.groupType,
          SignPub: group.signPub,
          LinkKey: group.linkKey,
          LinkKeySig: group.linkKeySig,
        },
        DisplayName: displayName,
      },
    },
    InternalUrl: internalUrl,
    WebUrl: webUrl,
  })
}

/** Reads by field names, as Go does, so that every generation's stream is understood. Fault: GobFault. */
export function decodeGobInvite(bytes: Uint8Array): LinkFields {
  const reply = decodeGob(bytes)
  const link = structAt(reply, 'Link')
  const shared = structAt(link, 'BertyGroup')
  const group = structAt(shared, 'Group')
  return {
    kind: numberAt(link, 'Kind'),
    group: {
      publicKey: bytesAt(group, 'PublicKey'),
      secret: bytesAt(group, 'Secret'),
      secretSig: bytesAt(group, 'SecretSig'),
      groupType: numberAt(group, 'GroupType'),
      signPub: bytesAt(group, 'SignPub'),
      linkKey: bytesAt(group, 'LinkKey'),
      linkKeySig: bytesAt(group, 'LinkKeySig'),
    },
    displayName: textAt(shared, 'DisplayName'),
    internalUrl: textAt(reply, 'InternalUrl', 'InternalURL'),
    webUrl: textAt(reply, 'WebUrl', 'WebURL'),
  }
}

/** Looks at own fields only: a hostile name must not find a property of Object. */
const fieldOf = (struct: GobStruct, name: string): GobValue | undefined =>
  Object.hasOwn(struct, name) ? struct[name] : undefined

function structAt(struct: GobStruct, name: string): GobStruct {
  const found = fieldOf(struct, name)
  return typeof found === 'object' && !(found instanceof Uint8Array) ? found : {}
}

function bytesAt(struct: GobStruct, name: string): Uint8Array {
  const found = fieldOf(struct, name)
  return found instanceof Uint8Array ? found : new Uint8Array()
}

function numberAt(struct: GobStruct, name: string): number {
  const found = fieldOf(struct, name)
  return typeof found === 'number' ? found : 0
}

function textAt(struct: GobStruct, ...names: string[]): string {
  const found = names.map((name) => fieldOf(struct, name)).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : ''
}
