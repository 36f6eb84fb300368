export { type EndedCall, Metering, type PaidChannel } from './metering.js'
export { verifyMetering } from './verify.js'
