import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AcmeCertificate } from '../../../../src/daemon/certificates/index.js'
import { freePorts } from '../../../support/etcd.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { type Pebble, preparePebble } from '../../../support/pebble.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'
import { openHarness } from '../gateway/harness.js'

const DOMAIN = 'localhost'
const DAY_MS = 24 * 3_600_000

let httpPort: number
let tlsPort: number
let pebble: Pebble
let cache: Awaited<ReturnType<typeof tempDir>>
beforeAll(async () => {
  ;[httpPort, tlsPort] = (await freePorts(2)) as [number, number]
  pebble = await preparePebble({ httpPort, tlsPort })
  cache = await tempDir()
})
afterAll(async () => {
  await pebble[Symbol.asyncDispose]()
  await cache.remove()
})

/** A certificate by ACME, and a gate that shows it; its clock can be moved. */
async function openGate(challenge: 'http-01' | 'tls-alpn-01', cacheDir: string) {
  const clock = { ahead: 0 }
  const lines: string[] = []
  const keep = (message: string, fields: object = {}): void =>
    void lines.push(`${message}: ${Object.values(fields).join(' ')}`)
  const certificate = await AcmeCertificate.open(
    {
      ...{ domain: DOMAIN, email: 'ops@example.com', challenge, cacheDir, httpPort },
      ...{ directory: pebble.directory, directoryCa: pebble.ca, clientCa: undefined, warnDays: 14 },
      pauses: { firstMs: 50, longestMs: 200 },
    },
    { log: { ...quietLog(), info: keep, warn: keep, error: keep }, now: () => Date.now() + clock.ahead },
  )
  const tls = fixedTls(
    { cert: Buffer.alloc(0), key: Buffer.alloc(0) },
    {
      challenges: certificate.challenges,
      onChange: (listener) => certificate.onChange(listener),
      get pair() {
        return certificate.pair
      },
    },
  )
  const harness = await openHarness({ config: { tls, endpoint: { host: '127.0.0.1', port: tlsPort } } })
  return {
    ...{ certificate, clock, lines },
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]()
      await certificate[Symbol.asyncDispose]()
    },
  }
}

/** Serial number of what clients are shown, proved to go back to the authority's root; undefined without any. */
async function shownSerial(): Promise<string | undefined> {
  const socket = connect({ port: tlsPort, host: '127.0.0.1', servername: DOMAIN, ca: await pebble.root() })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerCertificate().serialNumber
  } catch {
    return undefined
  } finally {
    socket.destroy()
  }
}

const printOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('a certificate by ACME', () => {
  test('while the authority is down nobody is served and health says why; it is had as soon as the authority is back, by http-01', async () => {
    await using gate = await openGate('http-01', cache.path)
    const { certificate, lines } = gate
    expect(lines[0]).toMatch(/^there is no certificate in the cache: nobody is served/)
    certificate.begin()
    await until('it has tried twice', () => lines.filter((line) => line.startsWith('no new certificate')).length > 1)
    expect(certificate.health()).toEqual({
      ok: false,
      reason: 'no certificate yet: a new certificate could not be had of the authority',
    })
    const silent = connect({ port: tlsPort, host: '127.0.0.1', servername: DOMAIN, rejectUnauthorized: false })
    await expect(once(silent, 'secureConnect')).rejects.toThrow(/handshake failure|ECONNRESET/)

    await pebble.start()
    await until('there is one', () => certificate.shown !== undefined)
    expect(certificate.shown?.names).toEqual([DOMAIN])
    expect(certificate.health()).toEqual({ ok: true })
    expect(await shownSerial()).toBe(new X509Certificate(certificate.pair?.cert as Buffer).serialNumber)
  })

  test('the cache is laid out as the reference lays it out, for its owner alone', async () => {
    expect((await readdir(cache.path)).sort()).toEqual(['acme_account+key', DOMAIN])
    for (const name of ['acme_account+key', DOMAIN])
      expect((await stat(join(cache.path, name))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(cache.path, 'acme_account+key'), 'utf8')).toMatch(/^-----BEGIN EC PRIVATE KEY-----/)
    expect(await readFile(join(cache.path, DOMAIN), 'utf8')).toMatch(
      /^-----BEGIN EC PRIVATE KEY-----\n[^-]+-----END EC PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----/,
    )
  })

  test('it is renewed when two thirds of its time are over, and stays where that fails; the account stays the same', async () => {
    const account = await readFile(join(cache.path, 'acme_account+key'))
    await using gate = await openGate('http-01', cache.path)
    const { certificate, clock, lines } = gate
    certificate.begin()
    const first = await shownSerial()
    expect(first).toBeDefined()
    const { notBefore, notAfter } = certificate.shown as { notBefore: Date; notAfter: Date }
    const lifeMs = notAfter.getTime() - notBefore.getTime()
    clock.ahead = lifeMs * 0.6
    certificate.wake()
    expect(await shownSerial()).toBe(first)
    await pebble.stop()
    clock.ahead = lifeMs * 0.7
    certificate.wake()
    await until('a renewal has failed', () => lines.some((line) => line.startsWith('no new certificate')))
    expect(certificate.health()).toMatchObject({
      ok: true,
      reason: 'a new certificate could not be had of the authority',
    })
    await pebble.start()
    const before = certificate.pair?.cert
    await until('it is renewed', () => certificate.pair?.cert !== before)
    expect(await shownSerial()).not.toBe(first)
    expect(printOf(await readFile(join(cache.path, 'acme_account+key')))).toBe(printOf(account))
  })

  test('by tls-alpn-01 on the port of the calls, without any other port', async () => {
    await using own = await tempDir()
    await using gate = await openGate('tls-alpn-01', own.path)
    gate.certificate.begin()
    await until('there is one', () => gate.certificate.shown !== undefined)
    expect(gate.certificate.httpPort).toBeUndefined()
    expect(await shownSerial()).toBe(new X509Certificate(gate.certificate.pair?.cert as Buffer).serialNumber)
  })

  test('what is in the cache is shown without a question, but not once it has expired, or for another domain', async () => {
    await pebble.stop()
    await using gate = await openGate('tls-alpn-01', cache.path)
    expect(gate.certificate.shown?.names).toEqual([DOMAIN])
    await using own = await tempDir()
    const kept = await readFile(join(cache.path, DOMAIN))
    const openFor = (domain: string, now: () => number): Promise<AcmeCertificate> =>
      AcmeCertificate.open(
        {
          ...{
            domain,
            email: undefined,
            challenge: 'tls-alpn-01',
            cacheDir: own.path,
            httpPort: 0,
            clientCa: undefined,
          },
          ...{
            directory: pebble.directory,
            directoryCa: pebble.ca,
            warnDays: 14,
            pauses: { firstMs: 1, longestMs: 1 },
          },
        },
        { log: quietLog(), now },
      )
    await writeFile(join(own.path, DOMAIN), kept)
    await writeFile(join(own.path, 'other.example'), kept)
    await using other = await openFor('other.example', Date.now)
    expect(other.shown).toBeUndefined()
    await using late = await openFor(DOMAIN, () => Date.now() + 40 * 365 * DAY_MS)
    expect(late.shown).toBeUndefined()
  })
})
