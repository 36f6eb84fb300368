export { openPeerLink, type PeerLinkConfig, type PeerLinkDeps } from './link.js'
export { checkTextSize } from './sending.js'
export { encodeInvite, type InviteFormat, parseInvite } from './invites/index.js'
