import { AcmeCertificate, type CertificateView, FileCertificate } from './certificates/index.js'
import type { TlsTerms } from './gateway/index.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import type { Health, Log } from './observability/index.js'
import type { RunningSettings } from './running-settings.js'

export interface PortCertificate {
  readonly terms: TlsTerms
  /** What operators are told of it. */
  readonly view: CertificateView
  /** The port is open: whoever hands out certificates may look at it. */
  begin(): void
}

export interface CertificateDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Health
  readonly settings: RunningSettings
}

const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory'
/** Whoever sees no change of a file looks again after so long, as the older daemon does. */
const POLL_MS = 3_000
/** Authorities allow few failures an hour, and few certificates a week. */
const ACME_PAUSES = { firstMs: 60_000, longestMs: 6 * 3_600_000 }

/** What the gate's port shows its clients; undefined for a port in cleartext. */
export async function openCertificate(
  { config, tls }: LoadedConfig,
  { life, log, health, settings }: CertificateDeps,
): Promise<PortCertificate | undefined> {
  if (!tls) return undefined
  const { from, clientCa } = tls
  const served = await life.own<FileCertificate | AcmeCertificate>(
    'certificate',
    from.kind === 'files'
      ? new FileCertificate(
          {
            files: { cert: from.cert, key: from.key, clientCa: clientCa?.path },
            first: { ...from.pair, clientCa: clientCa?.pem },
            ...{ pollMs: POLL_MS, warnDays: config.ssl_warn_days },
          },
          { log },
        )
      : AcmeCertificate.open(
          {
            ...{ domain: from.domain, cacheDir: from.cacheDir, directoryCa: from.directoryCa, clientCa: clientCa?.pem },
            directory: config.auto_ssl_directory?.href ?? LETS_ENCRYPT,
            email: config.auto_ssl_email,
            challenge: config.auto_ssl_challenge,
            httpPort: config.auto_ssl_http_port,
            ...{ pauses: ACME_PAUSES, warnDays: config.ssl_warn_days },
          },
          { log },
        ),
  )
  health.watch('certificate', () => served.health())
  settings.onChange(({ tls: now }) => {
    if (served instanceof FileCertificate && now?.from.kind === 'files') served.look(now.from)
  })
  return {
    terms: termsOf(config, served),
    view: served,
    begin() {
      if (served instanceof AcmeCertificate) served.begin()
    },
  }
}

const termsOf = (
  { ssl_min_version: version, ssl_client_required: clientsNeedOne }: DaemonConfig,
  served: FileCertificate | AcmeCertificate,
): TlsTerms => ({
  minVersion: `TLSv${version}`,
  clientsNeedOne,
  challenges: served instanceof AcmeCertificate ? served.challenges : new Map(),
  get pair() {
    return served.pair
  },
  get clientCa() {
    return served.clientCa
  },
  onChange: (listener) => served.onChange(listener),
})
