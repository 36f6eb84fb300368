export { type CallFigures, type CallOutcome, countCalls } from './call-figures.js'
export { type Gateway, type GatewayConfig, type GatewayDeps, startGateway } from './gateway.js'
export {
  parseEscrow,
  parseFreeCall,
  parsePrepaid,
  parseUserProof,
  paymentKind,
  type PaymentTable,
  paymentTable,
} from './payment-headers/index.js'
export type { CallMeter } from './meter.js'
export { type Refusal, Refusals } from './refusals.js'
export { type PlainConfig, startPlainGateway } from './plain/index.js'
export { countLimited, type NamedRate } from './rates/index.js'
export type { PublishedMethods } from './published-methods.js'
export type { OwnBounds } from './routes.js'
export { countConnectionLimits, type TlsTerms } from './transport/index.js'
export {
  ask,
  type AskOptions,
  askHealth,
  connectGrpcUpstream,
  connectHttpUpstream,
  createEcho,
  type HttpUpstreamConfig,
  createMethodNames,
  type JsonRpcConfig,
  openJsonRpcUpstream,
  openProcessUpstream,
  type ProcessConfig,
  type TranslatedMethods,
  type Upstream,
  type UpstreamConfig,
} from './upstream/index.js'
