export { contentOf, judgeInvite } from './content.js'
export { encodeInvite, type InviteFormat } from './encode.js'
export { fieldsOfReply, groupOfContent } from './link-messages.js'
export { parseInvite } from './parse.js'
