import { daemonId } from '../../src/shared/wire/index.js'
import { configurationMessage, configurationUpdateMessage, signMessage } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { type ConfigurationResponse, loadConfigurationService } from '../../src/shared/wire/index.js'
import type { Answer, RawClient } from './echo-service.js'

/** Somebody who may be named in `authentication_addresses`. */
export const operator = { key: Buffer.alloc(32, 0x55), address: '0xe1fAE9b4fAB2F5726677ECfA912d96b0B683e6a9' }

export interface OperatorAsks {
  readonly method: string
  readonly updated?: Readonly<Record<string, string>> | undefined
  readonly key?: Buffer
}

/** A request as somebody signs it who has only keys and the daemon's id. */
export async function askAsOperator(
  network: Network,
  client: RawClient,
  { method, updated, key = operator.key }: OperatorAsks,
): Promise<Answer> {
  const block = BigInt(await network.provider.getBlockNumber())
  const { names, group, contracts } = network
  const id = daemonId({
    ...{ organization: names.organization, service: names.service, group: group.idText },
    registry: contracts.registry,
  })
  const message = updated
    ? configurationUpdateMessage({ daemonId: id, updated }, block)
    : configurationMessage(method, block)
  const auth = { signature: signMessage(key, message), current_block: String(block) }
  const request = { auth, ...(updated && { updated_configuration: updated }) }
  const bytes = loadConfigurationService().service[method]?.requestSerialize(request) as Buffer
  return await client.call(`/configuration_service.ConfigurationService/${method}`, [bytes])
}

export const configurationIn = ({ messages: [bytes] }: Answer): Readonly<Record<string, string>> => {
  const { UpdateConfiguration } = loadConfigurationService().service
  const answer = UpdateConfiguration?.responseDeserialize(bytes as Buffer) as ConfigurationResponse
  return answer.current_configuration ?? {}
}
