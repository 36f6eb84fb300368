import { FileCertificate, type CertificateView, type ServedCertificate } from './certificates/index.js'
import type { TlsTerms } from './gateway/index.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import type { Health, Log } from './observability/index.js'

export interface PortCertificate {
  readonly terms: TlsTerms
  /** What operators are told of it. */
  readonly view: CertificateView
}

export interface CertificateDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Health
}

/** Whoever sees no change of a file looks again after so long, as the older daemon does. */
const POLL_MS = 3_000

/** What the gate's port shows its clients; undefined for a port in cleartext. */
export async function openCertificate(
  { config, tls }: LoadedConfig,
  { life, log, health }: CertificateDeps,
): Promise<PortCertificate | undefined> {
  if (!tls) return undefined
  const { files, pair, clientCa } = tls
  const served = await life.own(
    'certificate',
    new FileCertificate(
      { files, first: { ...pair, clientCa }, pollMs: POLL_MS, warnDays: config.ssl_warn_days },
      { log },
    ),
  )
  health.watch('certificate', () => served.health())
  return { terms: termsOf(config, served), view: served }
}

const termsOf = (
  { ssl_min_version: version, ssl_client_required: clientsNeedOne }: DaemonConfig,
  served: ServedCertificate & Pick<TlsTerms, 'clientCa'>,
): TlsTerms => ({
  minVersion: `TLSv${version}`,
  clientsNeedOne,
  get pair() {
    return served.pair
  },
  get clientCa() {
    return served.clientCa
  },
  onChange: (listener) => served.onChange(listener),
})
