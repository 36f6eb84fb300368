import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { AccountKey } from '../../../../src/daemon/certificates/acme/account-key.js'
import { certificateRequest, challengeCertificate } from '../../../../src/daemon/certificates/acme/x509.js'

const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const openssl = (args: string[], input: Buffer | string): string =>
  execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'pipe'] }).toString()

describe('what is sent to an authority', () => {
  test.each(['service.example.com', `${'a'.repeat(60)}.${'b'.repeat(60)}.example`])(
    'a request for %s is one that openssl reads and verifies',
    (domain) => {
      const text = openssl(
        ['req', '-inform', 'DER', '-noout', '-verify', '-text', '-nameopt', 'utf8'],
        certificateRequest(domain, key),
      )
      expect(text).toContain(`DNS:${domain}`)
      expect(text).toContain('ecdsa-with-SHA256')
    },
  )

  test('the answer to tls-alpn-01 is a certificate of the domain with the digest, whatever its random number is', () => {
    const digest = createHash('sha256').update('proof').digest()
    for (let times = 0; times < 50; times++) {
      const certificate = new X509Certificate(challengeCertificate('service.example.com', digest, key, new Date()))
      expect(certificate.checkHost('service.example.com')).toBe('service.example.com')
      expect(certificate.verify(createPublicKey(key))).toBe(true)
      expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now())
      expect(certificate.raw.includes(digest)).toBe(true)
    }
    const text = openssl(
      ['x509', '-noout', '-text'],
      challengeCertificate('service.example.com', digest, key, new Date()),
    )
    expect(text).toMatch(/1\.3\.6\.1\.5\.5\.7\.1\.31: critical/)
  })
})

describe('the key of an account', () => {
  test('makes the proof of RFC 8555 with the thumbprint of RFC 7638', () => {
    const rsa = createPrivateKey({
      format: 'jwk',
      key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    })
    const { n, e } = createPublicKey(rsa).export({ format: 'jwk' })
    const thumbprint = createHash('sha256').update(`{"e":"${e}","kty":"RSA","n":"${n}"}`).digest('base64url')
    expect(new AccountKey(rsa).proofOf('token')).toBe(`token.${thumbprint}`)
    expect(new AccountKey(rsa).algorithm).toBe('RS256')
    expect(new AccountKey(key).algorithm).toBe('ES256')
    expect(new AccountKey(key).sign('text')).toHaveLength(64)
  })

  test('is of a kind that authorities take', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey
    expect(() => new AccountKey(other)).toThrow('a key of the kind secp256k1 signs nothing here')
  })
})
