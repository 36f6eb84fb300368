import {
  createGobWriter,
  decodeGob,
  defineGob,
  type GobStruct,
  type GobValue,
  isGobStruct,
  structShape,
} from '../../../../shared/gob/index.js'
import type { LinkFields } from './link-fields.js'

const GROUP = structShape(
  'Group',
  ['PublicKey', 'bytes'],
  ['Secret', 'bytes'],
  ['SecretSig', 'bytes'],
  ['GroupType', 'int'],
  ['SignPub', 'bytes'],
  ['LinkKey', 'bytes'],
  ['LinkKeySig', 'bytes'],
)

const LINK = structShape(
  'BertyLink',
  ['Kind', 'int'],
  [
    'BertyId',
    structShape('BertyID', ['PublicRendezvousSeed', 'bytes'], ['AccountPk', 'bytes'], ['DisplayName', 'string']),
  ],
  ['BertyGroup', structShape('BertyGroup', ['Group', GROUP], ['DisplayName', 'string'])],
  [
    'BertyMessageRef',
    structShape('BertyLink_BertyMessageRef', ['AccountId', 'string'], ['GroupPk', 'string'], ['MessageId', 'string']),
  ],
  [
    'Encrypted',
    structShape(
      'BertyLink_Encrypted',
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
    ),
  ],
)

/**
 * What the older control daemon sends: its ShareableBertyGroup reply as Go's gob, under the names of current builds.
 */
const writeReply = createGobWriter(
  defineGob(structShape('ShareableBertyGroup_Reply', ['Link', LINK], ['InternalUrl', 'string'], ['WebUrl', 'string'])),
)

/** An invite is some hundred bytes with ten definitions, four deep: whatever needs more is none. */
const BOUNDS = { bytes: 64 * 1024, nesting: 8, definitions: 64 }

export function encodeGobInvite({ kind, group, displayName, internalUrl, webUrl }: LinkFields): Buffer {
  return writeReply({
    Link: {
      Kind: BigInt(kind),
      BertyGroup: {
        Group: {
          PublicKey: group.publicKey,
          Secret: group.secret,
          SecretSig: group.secretSig,
          GroupType: BigInt(group.groupType),
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
  const reply = decodeGob(bytes, BOUNDS).value
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
  return isGobStruct(found) ? found : {}
}

function bytesAt(struct: GobStruct, name: string): Uint8Array {
  const found = fieldOf(struct, name)
  return found instanceof Uint8Array ? found : new Uint8Array()
}

function numberAt(struct: GobStruct, name: string): number {
  const found = fieldOf(struct, name)
  return typeof found === 'bigint' ? Number(found) : 0
}

function textAt(struct: GobStruct, ...names: string[]): string {
  const found = names.map((name) => fieldOf(struct, name)).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : ''
}
