import { X509Certificate } from 'node:crypto'
import type { TlsPair } from '../../shared/tls-files.js'

/** A certificate with its key, and what its clients will read in it. */
export interface Certificate extends TlsPair {
  readonly notBefore: Date
  readonly notAfter: Date
  /** Hosts that it is for. */
  readonly names: readonly string[]
}

/** Throws where the PEM holds no certificate. */
export function toCertificate({ cert, key }: TlsPair): Certificate {
  const { validFrom, validTo, subjectAltName = '' } = new X509Certificate(cert)
  const names = subjectAltName.split(', ').flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? [])
  return { cert, key, notBefore: new Date(validFrom), notAfter: new Date(validTo), names }
}

/** What is told of the certificate that clients are shown; undefined while there is none. */
export interface CertificateView {
  readonly shown: { readonly notAfter: Date; readonly names: readonly string[] } | undefined
  /** Calls `listener` whenever another one is shown; what is returned stops that. */
  onChange(listener: () => void): () => void
}
