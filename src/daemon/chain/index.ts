export { type Chain, type ChainDeps, openChain } from './chain.js'
export { type ChainConfig, type ChainTiming } from './config.js'
export { type ChainHealth } from './health.js'
export { openSigners } from './signers.js'
