import { packageVersion } from '../../shared/package.js'
import { daemonId } from '../../shared/wire/index.js'
import type { Health } from '../observability/index.js'

export interface HeartbeatFacts {
  readonly organization: string
  readonly service: string
  /** Group id in base64; empty where none is known. */
  readonly group: string
  readonly registry: string
  readonly network: string
  readonly isPaid: boolean
  /** Whether only certain users may call. */
  readonly isRestricted: boolean
  /** Methods that take a model, by their services; undefined where nothing is trained. */
  readonly trainable: Readonly<Record<string, readonly string[]>> | undefined
}

/** What monitors of the reference daemon read at `/heartbeat`, its fields in its order (snet-wire 5.5). */
export function heartbeatPage(facts: HeartbeatFacts, health: Pick<Health, 'check'>, now: () => number = Date.now) {
  const daemonID = daemonId(facts)
  const warnings = warningsOf(facts)
  return async () => {
    const { ready, parts } = await health.check()
    const isServing = parts.some(({ part, ok }) => part === 'service' && ok)
    const told = {
      daemonID,
      timestamp: String(Math.floor(now() / 1000)),
      status: ready ? 'Online' : 'Offline',
      serviceheartbeat: JSON.stringify({ serviceID: facts.service, status: isServing ? 'SERVING' : 'NOT_SERVING' }),
      daemonVersion: `v${packageVersion()}`,
      blockchainEnabled: facts.isPaid,
      blockchainNetwork: facts.network,
      // Of the certificate for etcd, which this version has not.
      storageClientCertDetails: { validFrom: '', validTill: '' },
      ...(facts.trainable && {
        trainingMetadata: { trainingEnabled: true, trainingInProto: true, trainingMethods: facts.trainable },
      }),
      // Ours, after all that the reference tells.
      ...(warnings.length > 0 && { warnings }),
    }
    return { type: 'application/json', body: `${JSON.stringify(told)}\n` }
  }
}

/** How this daemon is set up otherwise than one that serves the public. */
const warningsOf = ({ isPaid, isRestricted }: HeartbeatFacts): string[] => [
  ...(isPaid ? [] : ['calls are NOT PAID: blockchain_enabled is false']),
  ...(isRestricted ? ['only allowed_user_addresses are served: allowed_user_flag is true'] : []),
]
