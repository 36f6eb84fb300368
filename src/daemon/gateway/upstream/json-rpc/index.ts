export { type JsonRpcConfig, openJsonRpcUpstream } from './json-rpc-upstream.js'
