import { configurationMessage, configurationUpdateMessage, signerOf, toAddress } from '../ethereum/index.js'
import { daemonId } from '../shared/wire/index.js'
import type { ConfigurationDeps } from './api/index.js'
import type { GroupState } from './group-state.js'
import type { RunningSettings } from './running-settings.js'
import { settingParameters } from './setting-parameters.js'

interface Running {
  /** Whose daemon this is. */
  readonly id: Parameters<typeof daemonId>[0]
  readonly blocks: ConfigurationDeps['blocks']
  readonly groupState: GroupState
  readonly settings: RunningSettings
}

/** What operators are shown and may change, and how they are told from others. */
export function configurationDeps({ id, blocks, groupState, settings }: Running): ConfigurationDeps {
  const ourId = daemonId(id)
  return {
    operators: settings.part(({ authentication_addresses: operators = [] }) => operators.map(toAddress)),
    blocks,
    admitChange: (block) => groupState.admitChange(block),
    signers: {
      ofMethod: (method, block, signature) => signerOf(configurationMessage(method, block), signature),
      ofUpdate: (updated, block, signature) =>
        signerOf(configurationUpdateMessage({ daemonId: ourId, updated }, block), signature),
    },
    group: groupState,
    settings: {
      shown: () => settings.shown(),
      parameters: settingParameters,
      update: (changes) => settings.update(changes),
    },
  }
}
