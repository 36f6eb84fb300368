import type { PartHealth } from '../observability/index.js'
import { isUnwell, isWell, type Probe } from './probe.js'

/** The service's own health, as far as it has one. */
export interface GrpcHealth {
  /** Whether it can be connected to. */
  health(): Promise<PartHealth>
  /** The status of a name, by its word; undefined where the service does not know the name. Rejects with why there is none. */
  ask(service: string, signal: AbortSignal): Promise<string | undefined>
}

/**
 * Asks `grpc.health.v1.Health` of the service for itself by its id, as the reference does, and where it does not know
 * that name, for the server as a whole. SERVING alone means well.
 */
export const probeByGrpc =
  (service: GrpcHealth, id: string): Probe =>
  async (signal) => {
    const connection = await service.health()
    if (!connection.ok) return connection
    try {
      const status = (await service.ask(id, signal)) ?? (id === '' ? undefined : await service.ask('', signal))
      if (status === 'SERVING') return isWell
      return isUnwell(
        status === undefined ? 'its health service does not know it' : `its health service says ${status}`,
      )
    } catch (fault) {
      return isUnwell(fault instanceof Error ? fault.message : 'its health service cannot be asked')
    }
  }
