import { toAddress } from '../ethereum/index.js'
import type { DaemonConfig } from '../settings/index.js'
import { heartbeatPage } from './api/index.js'
import type { Models } from './compose-training.js'
import type { Health } from './observability/index.js'

interface Served {
  readonly encoding: 'proto' | 'json'
  /** Id of the payment group in base64; empty without payment. */
  readonly group: string
  readonly models: Pick<Models, 'trainable'>
}

/** Whose daemon this is, as its id has it. */
export const identityOf = (config: DaemonConfig, { group }: Pick<Served, 'group'>) => ({
  organization: config.organization_id,
  service: config.service_id,
  group,
  registry: toAddress(config.registry_address_key),
})

/** What the gate tells whoever asks, beside its health. */
export function pagesOf(config: DaemonConfig, served: Served, health: Health) {
  const facts = {
    ...identityOf(config, served),
    network: config.blockchain_network_selected,
    isPaid: config.blockchain_enabled,
    isRestricted: config.allowed_user_flag,
    trainable: served.models.trainable,
  }
  return new Map([
    ['heartbeat', heartbeatPage(facts, health)],
    ['encoding', async () => ({ type: 'text/plain', body: `${served.encoding}\n` })],
  ])
}
