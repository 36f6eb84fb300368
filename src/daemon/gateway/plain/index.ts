export { type PlainConfig, startPlainGateway } from './plain-gateway.js'
