import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, integer, objectId, octets, sequence, set, tagged, toPem, TRUE, utcTime, utf8 } from './der.js'

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'))
const COMMON_NAME = objectId('2.5.4.3')
const ALT_NAME = objectId('2.5.29.17')
const EXTENSION_REQUEST = objectId('1.2.840.113549.1.9.14')
/** What proves a domain by TLS (RFC 8737 6.1). */
const ACME_IDENTIFIER = objectId('1.3.6.1.5.5.7.1.31')

const MAX_COMMON_NAME = 64
const HOUR_MS = 3_600_000

/** A request for a certificate of this domain (RFC 2986), DER. @param key on the curve P-256 */
export function certificateRequest(domain: string, key: KeyObject): Buffer {
  const extensions = sequence(altName(domain))
  const attributes = tagged(0xa0, sequence(EXTENSION_REQUEST, set(extensions)))
  const name = domain.length > MAX_COMMON_NAME ? sequence() : nameOf(domain)
  return signed(sequence(integer(Buffer.from([0])), name, publicPart(key), attributes), key)
}

/** The certificate of its own making that answers the challenge tls-alpn-01, PEM. @param digest SHA-256 of the proof */
export function challengeCertificate(domain: string, digest: Buffer, key: KeyObject, now: Date): string {
  const validity = sequence(utcTime(new Date(now.getTime() - HOUR_MS)), utcTime(new Date(now.getTime() + 24 * HOUR_MS)))
  const extensions = sequence(altName(domain), sequence(ACME_IDENTIFIER, TRUE, octets(octets(digest))))
  const name = nameOf('ACME challenge')
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    ...[name, validity, name],
    publicPart(key),
    tagged(0xa3, extensions),
  )
  return toPem('CERTIFICATE', signed(body, key))
}

const signed = (body: Buffer, key: KeyObject): Buffer =>
  sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, key)))

const publicPart = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' })

const nameOf = (text: string): Buffer => sequence(set(sequence(COMMON_NAME, utf8(text))))

const altName = (domain: string): Buffer =>
  sequence(ALT_NAME, octets(sequence(tagged(0x82, Buffer.from(domain, 'ascii')))))
