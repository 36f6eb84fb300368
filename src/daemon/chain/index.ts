export { type Chain, type ChainConfig, openChain } from './chain.js'
export { openSigners } from './signers.js'
