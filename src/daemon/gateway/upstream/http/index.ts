export { connectHttpUpstream, type HttpUpstreamConfig } from './http-upstream.js'
