import { status, type Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { loadService } from '../../../../shared/wire/index.js'
import { type AnswerDeps, handlersOf, withTolerantDecoding } from '../answer.js'
import { legacyCalls, type LegacyCalls, type LegacyDeps } from './calls.js'
import { readNewTest, readStartTest, readTestRequest } from './test-requests.js'

/** The older services by full name, and the files that declare them. */
const LEGACY_SERVICES = {
  'daemon.Peer': 'daemon/legacy.proto',
  'daemon.Group': 'daemon/legacy.proto',
  'daemon.Test': 'daemon/legacy.proto',
  'daemon.Proxy': 'daemon/legacy.proto',
  'server.Proxy': 'server/proxy.proto',
} as const

export const LEGACY_FILES: readonly string[] = [...new Set(Object.values(LEGACY_SERVICES))]

/** Serves every generation of the older control daemon at once: whoever speaks any of them is understood. */
export function addLegacyServices(server: Server, deps: LegacyDeps & AnswerDeps): void {
  const calls = legacyCalls(deps)
  for (const name of Object.keys(LEGACY_SERVICES)) {
    const definition = byWireType(loadService(name).service)
    const own = name === 'daemon.Test' ? { ...calls, IsTestRunning: firstIsTestRunning(calls, deps) } : calls
    const unary = Object.fromEntries(Object.entries(own).filter(([method]) => method in definition))
    server.addService(withTolerantDecoding(definition), {
      ...handlersOf({ unary }, deps),
      ...unservedHandlers(definition),
    })
  }
}

/** The first generation's: a group that is not known has no test that runs. */
const firstIsTestRunning =
  (calls: LegacyCalls, { control }: LegacyDeps): LegacyCalls['IsTestRunning'] =>
  (request, signal) => {
    const isKnown = control.groups.list().some(({ name }) => name === request.groupName)
    return isKnown ? calls.IsTestRunning(request, signal) : {}
  }

/** A call that always crashed the older daemon. */
function unservedHandlers(definition: ServiceDefinition): UntypedServiceImplementation {
  if (!('ReplicationJoinGroup' in definition)) return {}
  const details = 'ReplicationJoinGroup is not served: call JoinGroup, then AddReplication of daemon.Proxy'
  return {
    ReplicationJoinGroup: (_call: unknown, reply: (failure: object) => void) =>
      reply({ code: status.UNIMPLEMENTED, details }),
  }
}

const BY_WIRE_TYPE = {
  NewTest: readNewTest,
  StartTest: readStartTest,
  StopTest: readTestRequest,
  IsTestRunning: readTestRequest,
} as const

/** The definition with those requests decoded by hand whose field 2 has had two types. */
function byWireType(definition: ServiceDefinition): ServiceDefinition {
  const methods = Object.entries(definition).map(([name, method]) => {
    const read = BY_WIRE_TYPE[name as keyof typeof BY_WIRE_TYPE] as ((bytes: Buffer) => object) | undefined
    return [name, read ? { ...method, requestDeserialize: read } : method]
  })
  return Object.fromEntries(methods) as ServiceDefinition
}
