export { serveStreams } from './calls.js'
export { type Http2Config, Http2Connections, type OnStream } from './connections.js'
