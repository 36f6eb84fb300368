export { type OnRequest, serveRequests } from './calls.js'
export { Http1Connections } from './connections.js'
