import { X509Certificate } from 'node:crypto'
import { fail, type Finding, ok, warn } from './finding.js'

const DAY_MS = 86_400_000

/** The first certificate of a chain, as clients will judge it. */
export function checkCertificate(
  key: string,
  pem: Buffer,
  { warnDays, now = Date.now() }: { readonly warnDays: number; readonly now?: number },
): Finding {
  const { validFrom, validTo, subjectAltName } = new X509Certificate(pem)
  const leftMs = Date.parse(validTo) - now
  if (leftMs <= 0) return fail('TLS', `${key}: the certificate expired on ${validTo}: clients refuse it`, 'Renew it.')
  if (Date.parse(validFrom) > now)
    return fail('TLS', `${key}: the certificate is not valid before ${validFrom}`, 'Wait, or set the clock right.')
  if (!subjectAltName)
    return warn('TLS', `${key}: the certificate names no host: clients refuse it`, 'Get one with your DNS name in it.')
  const days = Math.floor(leftMs / DAY_MS)
  if (days < warnDays) return warn('TLS', `${key}: the certificate ends in ${days} days, on ${validTo}`, 'Renew it.')
  return ok('TLS', `${key}: valid until ${validTo}, for ${subjectAltName}`)
}
