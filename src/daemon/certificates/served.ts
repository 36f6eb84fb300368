import type { Log, PartHealth } from '../observability/index.js'
import { type Certificate, type CertificateView, toCertificate } from './certificate.js'
import type { TlsPair } from '../../shared/tls-files.js'

export interface ServedConfig {
  /** How long before its end a certificate is warned of. */
  readonly warnDays: number
}

const DAY_MS = 24 * 60 * 60 * 1000

export interface CertificateDeps {
  readonly log: Log
  readonly now?: () => number
}

/** The certificate that the port shows now, what is wrong with it, and news of the next one. */
export class ServedCertificate implements CertificateView {
  protected readonly log: Log
  protected readonly now: () => number
  readonly #config: ServedConfig
  readonly #listeners = new Set<() => void>()
  #certificate: Certificate | undefined
  #trouble: string | undefined
  /** Of the last warning. */
  #daysTold = Infinity

  constructor(config: ServedConfig, { log, now = Date.now }: CertificateDeps) {
    this.#config = config
    this.log = log
    this.now = now
  }

  get shown(): Certificate | undefined {
    return this.#certificate
  }

  /** Undefined while there is no certificate: then no handshake succeeds. */
  get pair(): TlsPair | undefined {
    return this.#certificate
  }

  onChange(listener: () => void): () => void {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  show(pair: TlsPair): Certificate {
    const certificate = toCertificate(pair)
    this.#certificate = certificate
    this.#trouble = undefined
    this.#daysTold = Infinity
    for (const listener of [...this.#listeners]) listener()
    return certificate
  }

  /** Why there is no newer certificate, in words for everybody; undefined where nothing is wrong. */
  set trouble(reason: string | undefined) {
    this.#trouble = reason
  }

  /** For what lives short, a quarter of its life. */
  get #warnMs(): number {
    if (!this.#certificate) return 0
    const { notBefore, notAfter } = this.#certificate
    return Math.min(this.#config.warnDays * DAY_MS, (notAfter.getTime() - notBefore.getTime()) / 4)
  }

  /** Once a day, when the end is near. */
  warnOfEnd(): void {
    if (!this.#certificate) return
    const leftMs = this.#certificate.notAfter.getTime() - this.now()
    const daysLeft = Math.floor(leftMs / DAY_MS)
    if (leftMs >= this.#warnMs || daysLeft >= this.#daysTold) return
    this.#daysTold = daysLeft
    this.log.warn(daysLeft < 0 ? 'the certificate has expired: clients refuse it' : 'the certificate ends soon', {
      not_after: this.#certificate.notAfter.toISOString(),
    })
  }

  /** Not ok without a certificate, or with one that clients refuse; a reason beside ok is what to see to. */
  health(): PartHealth {
    if (!this.#certificate) return { ok: false, reason: `no certificate yet: ${this.#trouble ?? 'it is on its way'}` }
    const leftMs = this.#certificate.notAfter.getTime() - this.now()
    const isNear = leftMs < this.#warnMs
    const reasons = [
      ...(leftMs <= 0
        ? ['the certificate has expired']
        : isNear
          ? [`the certificate ends in ${leftText(leftMs)}`]
          : []),
      ...(this.#trouble === undefined ? [] : [this.#trouble]),
    ]
    return { ok: leftMs > 0, ...(reasons.length > 0 && { reason: reasons.join('; ') }) }
  }
}

function leftText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`
  return `${Math.floor(hours / 24)} days`
}
