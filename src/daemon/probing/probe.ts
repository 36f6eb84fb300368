import type { PartHealth } from '../observability/index.js'

/**
 * Looks after the service once. What it tells is for everybody: without addresses, and without words of the service's own.
 * The signal ends it, with all that it has opened.
 */
export type Probe = (signal: AbortSignal) => Promise<PartHealth>

/** Asks the service nothing: it is well when those who call it can connect to it. */
export const probeByConnection =
  (service: { health(): Promise<PartHealth> }): Probe =>
  () =>
    service.health()

export const isWell: PartHealth = { ok: true }
export const isUnwell = (reason: string): PartHealth => ({ ok: false, reason })

/** Why there is no connection. */
export const unconnected = (fault: unknown): PartHealth => {
  const { code } = fault as Partial<NodeJS.ErrnoException>
  return isUnwell(code === undefined ? 'the connection was lost' : `no connection: ${code}`)
}
