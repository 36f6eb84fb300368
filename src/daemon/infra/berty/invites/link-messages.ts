import type { InviteContent } from '../../berty.js'
import { bytesOf } from '../../keys.js'
import type { GroupMessage, LinkMessage, ShareableReply } from '../messages.js'
import { type GroupFields, type LinkFields, LINK_KIND, MULTI_MEMBER } from './link-fields.js'

const NONE = new Uint8Array()
/** Numbers of the enums that our proto files name; others come as numbers. */
const KINDS = ['UnknownKind', 'ContactInviteV1Kind', 'GroupV1Kind', 'EncryptedV1Kind', 'MessageV1Kind']
const GROUP_TYPES = ['GroupTypeUndefined', 'GroupTypeAccount', 'GroupTypeContact', 'GroupTypeMultiMember']

const numberOf = (names: readonly string[], value: string | number = 0): number =>
  typeof value === 'number' ? value : names.indexOf(value)

export const fieldsOfReply = ({ link = {}, internal_url, web_url }: ShareableReply): LinkFields => ({
  ...fieldsOfLink(link),
  internalUrl: internal_url ?? '',
  webUrl: web_url ?? '',
})

export const fieldsOfLink = ({ kind, berty_group = {} }: LinkMessage): LinkFields => ({
  kind: numberOf(KINDS, kind),
  group: fieldsOfGroup(berty_group.group ?? {}),
  displayName: berty_group.display_name ?? '',
  internalUrl: '',
  webUrl: '',
})

export const fieldsOfGroup = (group: GroupMessage): GroupFields => ({
  publicKey: group.public_key ?? NONE,
  secret: group.secret ?? NONE,
  secretSig: group.secret_sig ?? NONE,
  groupType: numberOf(GROUP_TYPES, group.group_type),
  signPub: group.sign_pub ?? NONE,
  linkKey: group.link_key ?? NONE,
  linkKeySig: group.link_key_sig ?? NONE,
})

/** Empty fields stay out: older Bertys take an explicit empty value for one that is set (berty 3.1). */
export function groupOfContent(content: InviteContent): GroupMessage {
  return {
    public_key: bytesOf(content.publicKey),
    secret: content.secret,
    secret_sig: content.secretSig,
    group_type: MULTI_MEMBER,
    ...(content.signPub.length > 0 && { sign_pub: content.signPub }),
    ...(content.linkKey.length > 0 && { link_key: content.linkKey }),
    ...(content.linkKeySig.length > 0 && { link_key_sig: content.linkKeySig }),
  }
}

export const replyOfContent = (content: InviteContent): ShareableReply => ({
  link: linkOfContent(content),
  ...(content.internalUrl !== '' && { internal_url: content.internalUrl }),
  ...(content.webUrl !== '' && { web_url: content.webUrl }),
})

export const linkOfContent = (content: InviteContent): LinkMessage => ({
  kind: LINK_KIND.group,
  berty_group: {
    group: groupOfContent(content),
    ...(content.displayName !== '' && { display_name: content.displayName }),
  },
})

export const fieldsOfContent = (content: InviteContent): LinkFields => ({
  kind: LINK_KIND.group,
  group: {
    publicKey: bytesOf(content.publicKey),
    secret: content.secret,
    secretSig: content.secretSig,
    groupType: MULTI_MEMBER,
    signPub: content.signPub,
    linkKey: content.linkKey,
    linkKeySig: content.linkKeySig,
  },
  displayName: content.displayName,
  internalUrl: content.internalUrl,
  webUrl: content.webUrl,
})
