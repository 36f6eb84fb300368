import { Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { loadStateService } from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import type { Payments } from '../payments/index.js'
import { stateHandlers, withoutPayments } from './state-service.js'

/** The daemon's own gRPC services: unpaid, and taking precedence over the proxied service (snet-wire 1). */
export interface OwnServices extends AsyncDisposable {
  /** Not bound to any port: the front feeds it connections of its own. */
  readonly server: Server
  /** Whether a full method path belongs to one of them. */
  handles(method: string): boolean
}

/** Requests of these services are a few hundred bytes. */
const MAX_REQUEST_BYTES = 64 * 1024

/** @param deps.payments undefined where calls are not paid */
export function createOwnServices({
  payments,
  log,
}: {
  payments: Pick<Payments, 'channelState'> | undefined
  log: Log
}): OwnServices {
  const server = new Server({ 'grpc.max_receive_message_length': MAX_REQUEST_BYTES })
  const services: [ServiceDefinition, UntypedServiceImplementation][] = [
    [loadStateService().service, payments ? stateHandlers({ payments, log }) : withoutPayments],
  ]
  for (const [definition, handlers] of services) server.addService(definition, handlers)
  const prefixes = services.flatMap(([definition]) =>
    Object.values(definition).map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)),
  )
  const known = new Set(prefixes)
  return {
    server,
    handles: (method) => known.has(method.slice(0, method.lastIndexOf('/') + 1)),
    async [Symbol.asyncDispose]() {
      server.forceShutdown()
    },
  }
}
