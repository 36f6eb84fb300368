import { configurationMessage, configurationUpdateMessage, signerOf, toAddress } from '../ethereum/index.js'
import type { DaemonConfig } from '../settings/index.js'
import { type ConfigurationDeps, daemonId } from './api/index.js'
import type { GroupState } from './group-state.js'

interface Running {
  /** Whose daemon this is. */
  readonly id: Parameters<typeof daemonId>[0]
  readonly blocks: ConfigurationDeps['blocks']
  readonly groupState: GroupState
  readonly settings: ConfigurationDeps['settings']
}

/** What operators are shown and may change, and how they are told from others. */
export function configurationDeps(
  { authentication_addresses: operators = [] }: DaemonConfig,
  { id, blocks, groupState, settings }: Running,
): ConfigurationDeps {
  const ourId = daemonId(id)
  return {
    operators: operators.map(toAddress),
    blocks,
    signers: {
      ofMethod: (method, block, signature) => signerOf(configurationMessage(method, block), signature),
      ofUpdate: (updated, block, signature) =>
        signerOf(configurationUpdateMessage({ daemonId: ourId, updated }, block), signature),
    },
    group: groupState,
    settings,
  }
}
