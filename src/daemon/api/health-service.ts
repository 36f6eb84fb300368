import type { MethodDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import {
  type CallContext,
  type HealthCheckRequest,
  type HealthCheckResponse,
  type HealthListRequest,
  type HealthListResponse,
  lastingMethod,
  loadHealthService,
  type OwnMethod,
  unaryMethod,
} from '../../shared/wire/index.js'
import type { Health, HealthReport } from '../observability/index.js'

export interface HealthDeps {
  readonly health: Pick<Health, 'check' | 'readings'>
  /** What probes may ask for beside the daemon as a whole, whose name is empty: they stand and fall with it. */
  readonly services: Live<readonly string[]>
}

/** gRPC's own health protocol: what `/readyz` tells, for load balancers and probes that speak gRPC. */
export function healthMethods({ health, services }: HealthDeps): OwnMethod[] {
  const { Check, Watch, List } = loadHealthService().service
  const isKnown = (service: string): boolean => service === '' || services.current.includes(service)
  const check = async ({ service = '' }: HealthCheckRequest): Promise<HealthCheckResponse> => {
    if (!isKnown(service)) throw new SnetError('not-found', 'unknown service', { hint: 'List names the known ones.' })
    return { status: statusOf(await health.check()) }
  }
  const list = async (): Promise<HealthListResponse> => {
    const status = statusOf(await health.check())
    return { statuses: Object.fromEntries(['', ...services.current].map((service) => [service, { status }])) }
  }
  async function* watch(
    { service = '' }: HealthCheckRequest,
    { signal }: CallContext,
  ): AsyncGenerator<HealthCheckResponse> {
    let told: HealthCheckResponse['status']
    for await (const report of health.readings(signal)) {
      const status = isKnown(service) ? statusOf(report) : 'SERVICE_UNKNOWN'
      if (status !== told) yield { status }
      told = status
    }
    throw new SnetError('unavailable', 'the daemon is stopping')
  }
  return [
    unaryMethod(Check as MethodDefinition<HealthCheckRequest, HealthCheckResponse>, check),
    unaryMethod(List as MethodDefinition<HealthListRequest, HealthListResponse>, list),
    lastingMethod(Watch as MethodDefinition<HealthCheckRequest, HealthCheckResponse>, watch),
  ]
}

const statusOf = ({ ready }: HealthReport) => (ready ? 'SERVING' : 'NOT_SERVING')
