export { serveStreams } from './calls.js'
export { FramedConnections } from './frames/connections.js'
export { NodeConnections } from './node/connections.js'
export type { Http2Config, Http2Deps } from './served-stream.js'
