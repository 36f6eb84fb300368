import type { ConfigOf } from './engine.js'
import { chainKeys, gateKeys, infraKeys, monitoringKeys, paymentKeys, serviceKeys, storageKeys } from './keys/index.js'

/** The keys by what they are about, in the order in which they are shown. */
export const sections = [
  { title: 'The service', keys: serviceKeys },
  { title: 'The gate', keys: gateKeys },
  { title: 'Chain and metadata', keys: chainKeys },
  { title: 'Payments', keys: paymentKeys },
  { title: 'Storage', keys: storageKeys },
  { title: 'The control daemon beside Berty', keys: infraKeys },
  { title: 'Monitoring, and keys without effect', keys: monitoringKeys },
] as const

/** The reference daemon's keys, flat and in snake case, so that an existing file starts this daemon unchanged. */
export const daemonSchema = {
  ...serviceKeys,
  ...gateKeys,
  ...chainKeys,
  ...paymentKeys,
  ...storageKeys,
  ...infraKeys,
  ...monitoringKeys,
}

export type DaemonConfig = ConfigOf<typeof daemonSchema>
