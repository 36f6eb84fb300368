export { type ConnectionEvents, FrameConnection } from './connection.js'
export type { ConnectionLimits } from './state.js'
export type { FrameStream, StreamEvents } from './stream.js'
export { CODE, ConnectionFault } from './wire.js'
