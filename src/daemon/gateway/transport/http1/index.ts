export { type Exchange, type OnRequest, serveRequests } from './calls.js'
export { Http1Connections } from './connections.js'
export { Http1Request } from './request.js'
