import type { SecureContextOptions } from 'node:tls'
import type { TlsPair } from '../../../../shared/tls-files.js'

/** How a port speaks TLS: what it shows its clients, which may be replaced while it is open. */
export interface TlsTerms {
  /** Undefined while there is nothing to show: handshakes fail then, and nobody is served without TLS. */
  readonly pair: TlsPair | undefined
  /** Authorities of clients; undefined where they are not asked for certificates, which is known from the start. */
  readonly clientCa: Buffer | undefined
  /** Calls `listener` whenever one of both is another; what is returned stops that. */
  onChange(listener: () => void): () => void
  readonly minVersion: NonNullable<SecureContextOptions['minVersion']>
  /** Whether clients without a certificate are turned away. */
  readonly clientsNeedOne: boolean
  /** What an authority is shown that looks whether a domain is ours, by domain; may change. */
  readonly challenges: ReadonlyMap<string, TlsPair>
}
