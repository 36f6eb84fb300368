import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import type { Backing } from './compose-backing.js'
import {
  connectGrpcUpstream,
  connectHttpUpstream,
  createEcho,
  createMethodNames,
  openJsonRpcUpstream,
  openProcessUpstream,
  type Upstream,
} from './gateway/index.js'
import type { Log } from './observability/index.js'
import { httpUpstreamConfig, jsonRpcConfig, maxMessageBytes, processConfig, upstreamConfig } from './room-configs.js'

/** Who answers the calls: the kind that the metadata names, or each request itself, for trials. */
export function chooseUpstream(
  config: DaemonConfig,
  { serviceType, encoding, translated }: Pick<Backing, 'serviceType' | 'encoding' | 'translated'>,
  { log, env }: { log: Log; env: LoadedConfig['env'] },
): Upstream {
  if (!config.passthrough_enabled) {
    log.warn('passthrough_enabled is false: calls are answered with their own request')
    return createEcho({ maxMessageBytes: maxMessageBytes(config) })
  }
  switch (serviceType) {
    case 'grpc':
      return connectGrpcUpstream(upstreamConfig(config, encoding), { log })
    case 'http':
      return connectHttpUpstream(httpUpstreamConfig(config, encoding), { log, methods: translated })
    case 'jsonrpc': {
      const codecOf = (method: string) => translated.current.find(method)
      return openJsonRpcUpstream(jsonRpcConfig(config, encoding), {
        ...{ log, codecOf },
        nameOf: createMethodNames(translated),
      })
    }
    case 'process':
      return openProcessUpstream(processConfig(config), { log, env, nameOf: createMethodNames(translated) })
  }
}
