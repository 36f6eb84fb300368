export { type EtcdServer, type EtcdServerConfig, startEtcdServer } from './etcd-server.js'
