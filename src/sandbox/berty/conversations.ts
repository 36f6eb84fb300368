import { internalBertyUrl, parseBertyUrl, webBertyUrl } from '../../shared/berty-links.js'
import { BERTY, type BertyLink } from '../../shared/wire/index.js'
import { bertyCodecs } from '../../shared/wire/grpc/index.js'
import type { Account } from './account.js'
import { conversationOf } from './account.js'
import { bertyError, CallFailure, throughMessenger } from './errors.js'
import { bytesIn, type Request, textIn } from './handler-kit.js'
import { sendAsMetadata } from './interact.js'
import type { Replica } from './replica.js'

const TODO = 666
const INVALID_LINK = 2000

/** ShareableBertyGroup: answers with the group as a link, and with the link in both of its written forms. */
export function shareGroup(account: Account, request: Request): object {
  const { info } = account.requireKnown(bytesIn(request, 'group_pk'))
  const display_name = textIn(request, 'group_name') || undefined
  const link: BertyLink = { kind: BERTY.linkKind.group, berty_group: { group: info, display_name } }
  const { link_key: _, ...webGroup } = info
  return {
    link,
    internal_url: internalBertyUrl(bertyCodecs.link.encode(link)),
    web_url: webBertyUrl(bertyCodecs.link.encode({ berty_group: { group: webGroup } }), display_name ?? ''),
  }
}

export function parseLink(text: string): BertyLink {
  const parsed = parseBertyUrl(text)
  if (!parsed) throw bertyError([INVALID_LINK])
  const link = decodeLink(parsed.link)
  if (parsed.form === 'internal') return link
  const display_name = parsed.displayName || undefined
  return { kind: BERTY.linkKind.group, berty_group: { ...link.berty_group, display_name } }
}

function decodeLink(bytes: Uint8Array): BertyLink {
  try {
    return bertyCodecs.link.decode(bytes)
  } catch {
    throw bertyError([INVALID_LINK])
  }
}

/** ConversationJoin: joins a group, opens it and introduces this peer, in one call. */
export function joinConversation(account: Account, request: Request): object {
  const { kind, berty_group } = parseLink(textIn(request, 'link'))
  if (kind !== BERTY.linkKind.group) throw bertyError([INVALID_LINK])
  const replica = join(account, berty_group?.group)
  replica.activate()
  introduce(account, replica)
  return {}
}

function join(account: Account, group: Parameters<Account['join']>[0]): Replica {
  try {
    return account.join(group)
  } catch (thrown) {
    throw thrown instanceof CallFailure ? throughMessenger(TODO, thrown) : thrown
  }
}

export function createConversation(account: Account, request: Request): object {
  const replica = account.create()
  const info = bertyCodecs.userMessage.encode({ body: textIn(request, 'display_name') })
  sendAsMetadata(replica, bertyCodecs.appMessage.encode({ type: BERTY.appType.setGroupInfo, payload: info }))
  introduce(account, replica)
  return { public_key: conversationOf(replica) }
}

/** Sends the messenger's card as metadata. Groups joined by the protocol service get no card. */
function introduce({ host }: Account, replica: Replica): void {
  const card = bertyCodecs.userMessage.encode({ body: host.name })
  sendAsMetadata(replica, bertyCodecs.appMessage.encode({ type: BERTY.appType.setUserInfo, payload: card }))
}
