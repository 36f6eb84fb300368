export { openControl } from './control-service.js'
export { heartbeatPage } from './heartbeat.js'
export { createOwnServices } from './own-services.js'
export type { GateView, InfraView, PaidView, StatusView } from './status-view.js'
