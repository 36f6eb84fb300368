export { isHealthy } from './ask-health.js'
export { type EtcdServer, type EtcdServerConfig, startEtcdServer } from './etcd-server.js'
