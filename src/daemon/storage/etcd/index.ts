export { openEtcd, type EtcdSettings } from './open-etcd.js'
