import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SMTPServer } from 'smtp-server'
import { makeCertificates, type MadePair } from '../../../support/certificates.js'
import { ofHook, openHookedLog } from '../../../support/hooked-log.js'
import { until } from '../../../support/until.js'

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let pair: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  pair = certificates.make('mail')
})
afterAll(() => certificates[Symbol.asyncDispose]())

type ServerOptions = NonNullable<ConstructorParameters<typeof SMTPServer>[0]>

/** A real mail server, whose only user is `ops` with the password `canary-password`. */
async function startMail(options: ServerOptions = {}) {
  const mails: { envelope: { from: unknown; to: string[] }; source: string; isSecure: boolean }[] = []
  const passwords: unknown[] = []
  const server = new SMTPServer({
    ...{ key: pair.key, cert: pair.cert, logger: false },
    onAuth({ username, password }, _session, done) {
      passwords.push(password)
      if (username === 'ops' && password === 'canary-password') done(null, { user: 'ops' })
      else done(Object.assign(new Error(`no ${password}`), { responseCode: 535 }))
    },
    onData(stream, { envelope, secure }, done) {
      void text(stream).then((source) => {
        const from = envelope.mailFrom && envelope.mailFrom.address
        mails.push({ envelope: { from, to: envelope.rcptTo.map(({ address }) => address) }, source, isSecure: secure })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    mails,
    passwords,
    port: (server.server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((done) => server.close(done))
    },
  }
}

const email = (port: number, changes: object = {}) => ({
  ...{ ...ofHook, kind: 'email' as const, host: '127.0.0.1', port, tls: 'starttls' as const, ca: pair.cert },
  ...{ from: 'Gate <gate@example.com>', to: ['a@example.com', 'B <b@example.com>'], applicationName: 'The "gate"' },
  login: { username: 'ops', password: 'canary-password' },
  ...changes,
})

test('a mail goes over STARTTLS, with a password, and says what the reference says', async () => {
  await using mail = await startMail()
  await using hooked = await openHookedLog([email(mail.port)])
  hooked.log.error('it failed – é', { error: new Error('why') })
  await until('it has come', () => mail.mails.length > 0)
  const [{ envelope, source, isSecure } = { envelope: {}, source: '' }] = mail.mails
  expect([envelope, isSecure]).toEqual([{ from: 'gate@example.com', to: ['a@example.com', 'b@example.com'] }, true])
  expect(source).toContain('Subject: Daemon hook!')
  expect(source).toContain(String.raw`From: "The \"gate\"" <gate@example.com>`)
  expect(source).toContain('Auto-Submitted: auto-generated')
  const body = Buffer.from(
    source.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString()
  for (const line of ['OrgID: org', 'ServiceID: svc', 'Network: sepolia', 'Daemon version: 1.2.3', 'Log level: error'])
    expect(body).toContain(`${line}\r\n`)
  expect(body).toContain('Message: it failed – é')
  expect(body).toMatch(/Stack: Error: why\r\n +at /)
})

test('a mail goes over TLS from the first byte', async () => {
  await using mail = await startMail({ secure: true })
  await using hooked = await openHookedLog([email(mail.port, { tls: 'implicit' })])
  hooked.log.error('it failed')
  await until('it has come', () => mail.mails.length > 0)
  expect(mail.mails[0]?.isSecure).toBe(true)
})

test('a server of this host may do without TLS and passwords', async () => {
  await using mail = await startMail({ authOptional: true, hideSTARTTLS: true })
  await using hooked = await openHookedLog([email(mail.port, { login: undefined })])
  hooked.log.error('it failed')
  await until('it has come', () => mail.mails.length > 0)
  expect(mail.mails[0]?.isSecure).toBe(false)
})

const unsafe: [what: string, options: ServerOptions, changes: object][] = [
  ['a certificate that nobody vouches for', {}, { ca: undefined }],
  ['no TLS, elsewhere', { hideSTARTTLS: true, authOptional: true, allowInsecureAuth: true }, { host: 'localhost.' }],
]
test.each(unsafe)('a server with %s gets neither password nor mail', async (_what, options, changes) => {
  await using mail = await startMail(options)
  await using hooked = await openHookedLog([email(mail.port, changes)])
  hooked.log.error('it failed')
  await until('it was tried', () => hooked.pauses.length > 2)
  expect([mail.passwords, mail.mails]).toEqual([[], []])
  await until('it is logged', async () => (await hooked.written()).includes('could not be told, and is tried again'))
})

test('a password that is refused is tried once for each line, and never shown', async () => {
  await using mail = await startMail()
  const login = { username: 'ops', password: 'canary-wrong' }
  await using hooked = await openHookedLog([email(mail.port, { login })])
  hooked.log.error('it failed')
  await until('it is left out', async () => (await hooked.written()).includes('which is left out'))
  expect(mail.passwords).toEqual(['canary-wrong'])
  expect(await hooked.written()).toMatch(/"reason":"Invalid login: 535 .*\(hidden\)/)
  expect(await hooked.written()).not.toContain('canary')
})

test('what a server does not take now, it gets later', async () => {
  const answers = [451, 421]
  await using mail = await startMail({
    onMailFrom(_address, _session, done) {
      const responseCode = answers.shift()
      done(responseCode === undefined ? null : Object.assign(new Error('later'), { responseCode }))
    },
  })
  await using hooked = await openHookedLog([email(mail.port)])
  hooked.log.error('it failed')
  await until('it has come', () => mail.mails.length > 0)
  expect(hooked.pauses).toHaveLength(2)
})

test('a server that says nothing holds up neither the next line nor the end', async () => {
  await using mail = await startMail({ onConnect: () => undefined })
  await using hooked = await openHookedLog([email(mail.port)], { sendMs: 200 })
  hooked.log.error('it failed')
  await until('it was tried', () => hooked.pauses.length > 0)
  await hooked.hooks[Symbol.asyncDispose]()
})
