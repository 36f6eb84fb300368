import type { ConfigOf } from './engine.js'
import {
  chainKeys,
  connectionKeys,
  gateKeys,
  infraKeys,
  monitoringKeys,
  paymentKeys,
  serviceKeys,
  storageKeys,
} from './keys/index.js'
import { namingKeysOf, secretKeysOf, withFileKeys } from './secret-files.js'

/** The keys by what they are about, in the order in which they are shown. */
export const sections = [
  { title: 'The service', keys: withFileKeys(serviceKeys) },
  { title: 'The gate', keys: withFileKeys(gateKeys) },
  { title: 'Connections to the gate', keys: withFileKeys(connectionKeys) },
  { title: 'Chain and metadata', keys: withFileKeys(chainKeys) },
  { title: 'Payments', keys: withFileKeys(paymentKeys) },
  { title: 'Storage', keys: withFileKeys(storageKeys) },
  { title: 'The control daemon beside Berty', keys: withFileKeys(infraKeys) },
  { title: 'Monitoring, and keys without effect', keys: withFileKeys(monitoringKeys) },
] as const

/** The reference daemon's keys, flat and in snake case, so that an existing file starts this daemon unchanged. */
export const daemonSchema = {
  ...withFileKeys(serviceKeys),
  ...withFileKeys(gateKeys),
  ...withFileKeys(connectionKeys),
  ...withFileKeys(chainKeys),
  ...withFileKeys(paymentKeys),
  ...withFileKeys(storageKeys),
  ...withFileKeys(infraKeys),
  ...withFileKeys(monitoringKeys),
}

/** Keys that systemd may hand in. */
export const credentialKeys: readonly string[] = [...secretKeysOf(daemonSchema), ...namingKeysOf(daemonSchema)]

export type DaemonConfig = ConfigOf<typeof daemonSchema>
