export { type Arrival, type Answer, serveArrival } from './arrival.js'
export type { PagesDeps } from './pages.js'
export { type TransportConfig, openTransport } from './transport.js'
export type { UnreadLimits } from './unread-answers.js'
