import { SnetError } from '../../../../shared/errors.js'
import type { InviteContent } from '../../berty.js'
import { encodeGobInvite } from './gob-invite.js'
import { fieldsOfContent, replyOfContent } from './link-messages.js'
import { encodeReply } from './messages.js'

export type InviteFormat = 'proto' | 'gob' | 'url'

/** `gob` is for fleets with older control daemons among them; `url` is what Berty's own users share. */
export function encodeInvite(content: InviteContent, format: InviteFormat): Buffer {
  switch (format) {
    case 'proto':
      return encodeReply(replyOfContent(content))
    case 'gob':
      return encodeGobInvite(fieldsOfContent(content))
    case 'url':
      return Buffer.from(urlOf(content))
  }
}

function urlOf({ webUrl, internalUrl }: InviteContent): string {
  const url = webUrl || internalUrl
  if (url === '') throw new SnetError('wrong-state', 'this invite came without a link, and none can be made of it')
  return url
}
