export { type Child } from './child.js'
export { type CollectedPay, collectPay } from './collect.js'
export { finish, type Network, newDraft, type NetworkOptions, openNetwork, type Stage, stages } from './network.js'
export { makePaidCalls, type PaidCall } from './pay.js'
