export { openPeerLink, type PeerLinkConfig, type PeerLinkDeps } from './link.js'
export { checkTextSize, MAX_PROMPT_TEXT_BYTES, MAX_TEXT_BYTES } from './sending.js'
export { encodeInvite, type InviteFormat } from './invites/encode.js'
export { MAX_INVITE_BYTES, parseInvite } from './invites/parse.js'
