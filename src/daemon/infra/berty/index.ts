export { openPeerLink, type PeerLinkConfig, type PeerLinkDeps } from './link.js'
export { checkTextSize } from './sending.js'
export { encodeInvite, type InviteFormat } from './invites/encode.js'
export { parseInvite } from './invites/parse.js'
