import { ADD } from '../../test/support/payer.js'
import { grpcMessage } from './methods.js'
import type { CallPlan } from './one-call.js'

const MESSAGE = grpcMessage(100)
const FIELDS = [
  ...[':method', 'POST', ':scheme', 'http', ':path', ADD, ':authority', 'bench'],
  ...['content-type', 'application/grpc', 'te', 'trailers'],
]

/** A call of the published method with 100 B, and these fields that pay for it. */
export const addCall = (payment: readonly string[]): CallPlan => ({
  ...{ kind: 'echo', message: MESSAGE, messages: 1 },
  fields: [...FIELDS, ...payment],
})
