import { BERTY, type BertyGroup, type BertyInvite, type BertyLink } from '../../../../shared/wire/index.js'
import type { InviteContent } from '../../contract/berty.js'
import { bytesOf } from '../../contract/keys.js'
import type { GroupFields, LinkFields } from './link-fields.js'

const NONE = new Uint8Array()

export const fieldsOfReply = ({ link = {}, internal_url = '', web_url = '' }: BertyInvite): LinkFields => ({
  ...fieldsOfLink(link),
  internalUrl: internal_url,
  webUrl: web_url,
})

export const fieldsOfLink = ({ kind = 0, berty_group = {} }: BertyLink): LinkFields => ({
  kind,
  group: fieldsOfGroup(berty_group.group ?? {}),
  displayName: berty_group.display_name ?? '',
  internalUrl: '',
  webUrl: '',
})

const fieldsOfGroup = (group: BertyGroup): GroupFields => ({
  publicKey: group.public_key ?? NONE,
  secret: group.secret ?? NONE,
  secretSig: group.secret_sig ?? NONE,
  groupType: group.group_type ?? 0,
  signPub: group.sign_pub ?? NONE,
  linkKey: group.link_key ?? NONE,
  linkKeySig: group.link_key_sig ?? NONE,
})

export const groupOfContent = (content: InviteContent): BertyGroup => ({
  public_key: bytesOf(content.publicKey),
  secret: content.secret,
  secret_sig: content.secretSig,
  group_type: BERTY.groupType.multiMember,
  sign_pub: content.signPub,
  link_key: content.linkKey,
  link_key_sig: content.linkKeySig,
})

export const linkOfContent = (content: InviteContent): BertyLink => ({
  kind: BERTY.linkKind.group,
  berty_group: { group: groupOfContent(content), display_name: content.displayName || undefined },
})

export const replyOfContent = (content: InviteContent): BertyInvite => ({
  link: linkOfContent(content),
  internal_url: content.internalUrl || undefined,
  web_url: content.webUrl || undefined,
})

export const fieldsOfContent = (content: InviteContent): LinkFields => fieldsOfReply(replyOfContent(content))
