import { bertyCodecs } from '../../../../shared/wire/grpc/index.js'
import type { InviteContent } from '../../contract/berty.js'
import { encodeGobInvite } from './gob-invite.js'
import { fieldsOfContent, linkOfContent, replyOfContent } from './link-messages.js'
import { linksOf } from './link-text.js'

export type InviteFormat = 'proto' | 'gob' | 'url'

/** `gob` is for fleets with older control daemons among them; `url` is what Berty's own users share. */
export function encodeInvite(content: InviteContent, format: InviteFormat): Buffer {
  switch (format) {
    case 'proto':
      return bertyCodecs.invite.encode(replyOfContent(content))
    case 'gob':
      return encodeGobInvite(fieldsOfContent(content))
    case 'url':
      return Buffer.from(urlOf(content))
  }
}

/** Berty's own link, if the invite came with one. */
const urlOf = (content: InviteContent): string => content.webUrl || linksOf(linkOfContent(content)).webUrl
