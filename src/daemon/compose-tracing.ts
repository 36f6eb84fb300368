import type { DaemonConfig } from '../settings/index.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { Log, Traces } from './observability/index.js'
import { openTraces } from './tracing/index.js'

const TIMEOUT_MS = 10_000

/** Undefined where calls are not traced. */
export async function openTracing(
  config: Pick<DaemonConfig, 'traces_endpoint' | 'traces_sample_ratio' | 'traces_trust_clients'>,
  { life, log }: { readonly life: Lifecycle; readonly log: Log },
): Promise<{ readonly traces: Traces; readonly trustsClients: boolean } | undefined> {
  const { traces_endpoint: endpoint, traces_sample_ratio: sampleRatio, traces_trust_clients: trustsClients } = config
  if (!endpoint) return undefined
  const traces = await life.own('traces', openTraces({ endpoint, sampleRatio, timeoutMs: TIMEOUT_MS }, { log }))
  log.info('calls are traced', { collector: endpoint.host, share: sampleRatio })
  return { traces, trustsClients }
}
