import { once } from 'node:events'
import { copyFile, mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { Client, credentials } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FileCertificate } from '../../../../src/daemon/certificates/index.js'
import type { TlsTerms } from '../../../../src/daemon/gateway/index.js'
import { makeCertificates, type MadePair } from '../../../support/certificates.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let pairs: [MadePair, MadePair, MadePair]
let stranger: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  const [one, two, three, other] = ['one', 'two', 'three', 'stranger'].map((name) => certificates.make(name))
  pairs = [one, two, three] as typeof pairs
  stranger = other as MadePair
})
afterAll(() => certificates[Symbol.asyncDispose]())

/** A certificate in files of its own, read anew only when told of a change, and a clock to be set. */
async function openFiles() {
  const { path: directory, remove } = await tempDir()
  const files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem'), clientCa: undefined }
  const put = async ({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<void> => {
    await copyFile(certFile, files.cert)
    await copyFile(keyFile, files.key)
  }
  await put(pairs[0])
  const lines: string[] = []
  const keep = (message: string, fields: object = {}): void =>
    void lines.push(`${message}: ${Object.values(fields).join(' ')}`)
  const clock = { now: Date.now() }
  const first = { cert: pairs[0].cert, key: pairs[0].key, clientCa: undefined }
  const served = new FileCertificate(
    { files, first, pollMs: 100, warnDays: 1 },
    { log: { ...quietLog(), info: keep, warn: keep }, now: () => clock.now },
  )
  const terms = fixedTls(first, {
    get pair() {
      return served.pair
    },
    onChange: (listener) => served.onChange(listener),
  })
  return {
    ...{ directory, files, put, lines, clock, served, terms },
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]()
      await remove()
    },
  }
}

const nameOf = async (port: number, servername?: string): Promise<string> => {
  const ca = pairs.map(({ cert }) => cert)
  const socket = connect({ port, host: '127.0.0.1', ca, ALPNProtocols: ['h2'], ...(servername && { servername }) })
  await once(socket, 'secureConnect')
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return String(subject.CN)
}

const asIs = (bytes: Buffer): Buffer => bytes

function call(client: Client): Promise<string> {
  return new Promise((done, fail) =>
    client.makeUnaryRequest('/echo.Echo/Unary', asIs, asIs, Buffer.from('hello'), paid(), (error, answer) =>
      error ? fail(error) : done(String(answer)),
    ),
  )
}

/** Calls one after the other until it is stopped, every fifth on a new connection. */
async function callAgain({ gateway }: Harness, host: string, isOver: () => boolean): Promise<number> {
  const roots = credentials.createSsl(Buffer.concat(pairs.map(({ cert }) => cert)))
  const open = (): Client =>
    new Client(`${host}:${gateway.address.port}`, roots, { 'grpc.use_local_subchannel_pool': 1 })
  let client = open()
  let calls = 0
  for (; !isOver(); calls++) {
    if (calls % 5 === 4) {
      client.close()
      client = open()
    }
    expect(await call(client)).toBe('hello')
  }
  client.close()
  return calls
}

describe('a certificate that is replaced', () => {
  test('no call fails under load, and clients with and without a server name see each new one (defect 45)', async () => {
    await using source = await openFiles()
    await using h = await openHarness({ config: { tls: source.terms } })
    const { port } = h.gateway.address
    let isOver = false
    const load = Promise.all(['localhost', 'localhost', '127.0.0.1'].map((host) => callAgain(h, host, () => isOver)))
    for (const [at, name] of [
      [1, 'two'],
      [2, 'three'],
      [0, 'one'],
      [1, 'two'],
    ] as const) {
      await source.put(pairs[at])
      await until(
        `${name} is shown`,
        async () => (await nameOf(port)) === name && (await nameOf(port, 'localhost')) === name,
      )
    }
    isOver = true
    expect((await load).every((calls) => calls > 5)).toBe(true)
    expect(h.payments.committed).toBeGreaterThan(20)
  })

  test('a folder that is swapped by a link, as Kubernetes does, is seen', async () => {
    await using source = await openFiles()
    const { directory } = source
    for (const [at, version] of ['v1', 'v2'].entries()) {
      await mkdir(join(directory, version))
      await copyFile((pairs[at] as MadePair).certFile, join(directory, version, 'tls.crt'))
      await copyFile((pairs[at] as MadePair).keyFile, join(directory, version, 'tls.key'))
    }
    await symlink('v1', join(directory, '..data'))
    await symlink('..data/tls.crt', join(directory, 'tls.crt'))
    await symlink('..data/tls.key', join(directory, 'tls.key'))
    const files = { cert: join(directory, 'tls.crt'), key: join(directory, 'tls.key'), clientCa: undefined }
    const { cert, key } = pairs[0]
    await using served = new FileCertificate(
      // So long that only the watch can tell in time.
      { files, first: { cert, key, clientCa: undefined }, pollMs: 600_000, warnDays: 0 },
      { log: quietLog() },
    )
    const names: (readonly string[] | undefined)[] = []
    served.onChange(() => names.push(served.shown?.names))
    await symlink('v2', join(directory, 'next'))
    await rename(join(directory, 'next'), join(directory, '..data'))
    await until('the second is shown', () => served.pair?.cert.equals(pairs[1].cert) ?? false)
    expect(names).toEqual([['localhost', '127.0.0.1']])
  })

  test.each([
    ['no PEM', (files: { cert: string }) => writeFile(files.cert, 'none'), 'it holds no PEM'],
    ['the key of another', (files: { key: string }) => copyFile(stranger.keyFile, files.key), 'not the private key'],
  ])('%s is kept out, and log and health say so until there is a right one', async (_what, spoil, reason) => {
    await using source = await openFiles()
    const { served, files, lines } = source
    await spoil(files)
    await until('the files were judged', () => lines.length > 0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^the new certificate is not used: the old one stays: /)
    expect(lines[0]).toContain(reason)
    expect(served.pair?.cert).toEqual(pairs[0].cert)
    expect(served.health()).toEqual({
      ok: true,
      reason: 'the files of a new certificate cannot be used, the old one is shown',
    })
    await source.put(pairs[2])
    await until('the third is shown', () => served.pair?.cert.equals(pairs[2].cert) ?? false)
    expect(served.health()).toEqual({ ok: true })
  })

  test('one that has expired, or is not valid yet, is kept out', async () => {
    await using source = await openFiles()
    const { served, clock, lines } = source
    const day = 24 * 3_600_000
    clock.now += 3 * day
    await source.put(pairs[1])
    await until('it was judged', () => lines.some((line) => line.startsWith('the new certificate is not used')))
    expect(served.health()).toMatchObject({ ok: false, reason: expect.stringContaining('has expired') as string })
    clock.now -= 6 * day
    lines.length = 0
    await source.put(pairs[2])
    await until('it was judged', () => lines.some((line) => line.startsWith('the new certificate is not used')))
    expect(served.pair?.cert).toEqual(pairs[0].cert)
  })

  test('its end is told in health and, once a day, in the log', async () => {
    await using source = await openFiles()
    const { served, clock, lines } = source
    expect(served.health()).toEqual({ ok: true })
    clock.now = (served.shown?.notAfter.getTime() ?? 0) - 5 * 3_600_000
    expect(served.health()).toEqual({ ok: true, reason: 'the certificate ends in 5 hours' })
    await until('it was warned of', () => lines.length > 0)
    clock.now += 6 * 3_600_000
    expect(served.health()).toEqual({ ok: false, reason: 'the certificate has expired' })
    await until('that was told', () => lines.length > 1)
    expect(lines.map((line) => line.replace(/: \d.*/, ''))).toEqual([
      'the certificate ends soon',
      'the certificate has expired: clients refuse it',
    ])
  })
})

describe('what clients may be', () => {
  const openWith = (changes: Partial<TlsTerms>) => openHarness({ config: { tls: fixedTls(pairs[0], changes) } })
  /** Whether a page is answered, whatever the handshake seems to say. */
  const isServed = async (h: Harness, options: ConnectionOptions): Promise<boolean> => {
    const { port } = h.gateway.address
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca: pairs[0].cert, ...options })
    let answer = ''
    socket.on('error', () => undefined).on('data', (bytes: Buffer) => (answer += bytes.toString()))
    socket.write('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await new Promise((done) => socket.once('close', done))
    return answer.startsWith('HTTP/1.1 200')
  }
  const mine = () => ({ cert: pairs[1].cert, key: pairs[1].key })
  const anothers = () => ({ cert: stranger.cert, key: stranger.key })

  test('with authorities of clients, who shows a certificate needs one of theirs, and none will do', async () => {
    await using h = await openWith({ clientCa: pairs[1].cert })
    expect(await isServed(h, mine())).toBe(true)
    expect(await isServed(h, {})).toBe(true)
    expect(await isServed(h, anothers())).toBe(false)
  })

  test('where they need one, none does not do', async () => {
    await using h = await openWith({ clientCa: pairs[1].cert, clientsNeedOne: true })
    expect(await isServed(h, mine())).toBe(true)
    expect(await isServed(h, {})).toBe(false)
    expect(await isServed(h, anothers())).toBe(false)
  })

  test('TLS below the least version is turned away', async () => {
    await using old = await openWith({})
    expect(await isServed(old, { maxVersion: 'TLSv1.2' })).toBe(true)
    expect(await isServed(old, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })).toBe(false)
    await using strict = await openWith({ minVersion: 'TLSv1.3' })
    expect(await isServed(strict, {})).toBe(true)
    expect(await isServed(strict, { maxVersion: 'TLSv1.2' })).toBe(false)
  })

  test('without a certificate nobody is served, until there is one', async () => {
    let pair: TlsTerms['pair'] = undefined
    let tell: () => void = () => undefined
    await using h = await openWith({
      get pair() {
        return pair
      },
      onChange: (listener) => ((tell = listener), () => undefined),
    })
    expect(await isServed(h, {})).toBe(false)
    pair = pairs[0]
    tell()
    expect(await isServed(h, {})).toBe(true)
  })
})
