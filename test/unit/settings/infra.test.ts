import { chmod, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificates, type MadePair } from '../../support/certificates.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { load, path } = inDirectory()
const alone = { gate_enabled: false, infra_enabled: true }

let certificates: Awaited<ReturnType<typeof makeCertificates>>
let pair: MadePair
let authority: MadePair
beforeAll(async () => {
  certificates = await makeCertificates()
  pair = certificates.make('server')
  authority = certificates.make('authority')
})
afterAll(() => certificates[Symbol.asyncDispose]())

const tls = () => ({ infra_tls_cert: pair.certFile, infra_tls_key: pair.keyFile })
const withToken = async (content = 'a-token\n') => {
  await writeFile(path('token'), content, { mode: 0o600 })
  return { infra_token_file: path('token') }
}

describe('what is required', () => {
  test('nothing of the chain for the control daemon alone', async () => {
    expect((await load(alone)).infra).toEqual({
      endpoint: { host: '127.0.0.1', port: 9090 },
      tls: undefined,
      token: undefined,
    })
  })

  test('nothing of the chain for a gate that is unpaid', async () => {
    const { config, warnings } = await load({ blockchain_enabled: false })
    expect([config.gate_enabled, config.blockchain_enabled, warnings]).toEqual([true, false, []])
  })

  test('everything beside a gate that is paid', async () => {
    const { ethereum_json_rpc_http_endpoint: _node, organization_id: _id, ...less } = complete
    const problems = await problemsOf(load({ ...less, infra_enabled: true }))
    expect(problems.map((line) => line.split(':')[0])).toEqual(['organization_id', 'ethereum_json_rpc_http_endpoint'])
  })

  test('a file without a control daemon reads none of its files', async () => {
    expect((await load({ ...complete, infra_token_file: '/none', infra_tls_cert: '/none' })).infra).toBeUndefined()
  })

  test('what is wrong with a gate that is off matters to nobody', async () => {
    const { infra } = await load({
      ...alone,
      ssl_cert: '/none',
      daemon_type: 'http',
      payment_channel_storage_type: 'etcd',
    })
    expect(infra).toBeDefined()
  })
})

describe('where it listens', () => {
  test('everywhere with TLS and a token', async () => {
    const { infra } = await load({ ...alone, ...tls(), ...(await withToken()) })
    expect(infra).toMatchObject({
      endpoint: { host: '0.0.0.0', port: 9090 },
      token: 'a-token',
      tls: { cert: pair.cert },
    })
  })

  test('everywhere with mTLS', async () => {
    const { infra } = await load({ ...alone, ...tls(), infra_tls_ca: authority.certFile })
    expect(infra).toMatchObject({ endpoint: { host: '0.0.0.0' }, token: undefined, tls: { ca: authority.cert } })
  })

  test('on loopback with TLS alone, and with a token alone', async () => {
    for (const less of [tls(), await withToken()])
      expect((await load({ ...alone, ...less })).infra?.endpoint.host).toBe('127.0.0.1')
  })

  test.each([
    ...['0.0.0.0:9090', '10.0.0.1:9090', ':9090', 'peer1:9090', '[::]:9090'],
    ...['127.0.0.1.evil.example:9090', '127.999.0.1:9090'],
  ])('%s is refused without, with everything that could be done', async (infra_endpoint) => {
    const [line, ...more] = await problemsOf(load({ ...alone, infra_endpoint, ...(await withToken()) }))
    expect(more).toEqual([])
    for (const word of [
      ...['secrets of groups', 'a token in plaintext counts as none', 'infra_tls_cert and infra_tls_key'],
      ...['infra_token_file or infra_tls_ca', 'listen on 127.0.0.1', 'infra_insecure', '(from ./snetd.config.json)'],
    ])
      expect(line).toContain(word)
  })

  test.each(['127.0.0.1:1', 'localhost:1', '[::1]:1', '127.9.9.9:1', '[::ffff:127.0.0.1]:1'])(
    '%s needs nothing',
    async (infra_endpoint) => {
      expect((await load({ ...alone, infra_endpoint })).infra?.endpoint.port).toBe(1)
    },
  )

  test('a wider one is taken when that is said, with a warning', async () => {
    const { infra, warnings } = await load({ ...alone, infra_endpoint: '0.0.0.0:9090', infra_insecure: true })
    expect(infra?.endpoint.host).toBe('0.0.0.0')
    expect(warnings).toEqual([expect.stringContaining('infra_insecure: anybody who reaches 0.0.0.0:9090')])
  })
})

describe('files', () => {
  test.each([
    ['empty', ' \n', 'is empty'],
    ['of two words', 'a b', 'more than one word'],
    ['of other characters', 'tökén', 'more than one word of printable ASCII'],
  ])('a token file that is %s is refused', async (_name, content, message) => {
    const [line] = await problemsOf(load({ ...alone, ...(await withToken(content)) }))
    expect(line).toContain(`infra_token_file: ${path('token')} `)
    expect(line).toContain(message)
    expect(line).not.toContain(content.trim() || 'nothing of it')
  })

  test('a token file that others may read is refused, and where systemd handed it in warned of', async () => {
    const settings = { ...alone, ...(await withToken()) }
    await chmod(path('token'), 0o644)
    const [line] = await problemsOf(load(settings))
    expect(line).toContain(`infra_token_file: others on this host may read ${path('token')}; run "chmod 600`)
    const { infra, warnings } = await load(settings, { env: { CREDENTIALS_DIRECTORY: dirname(path('token')) } })
    expect(infra?.token).toBe('a-token')
    expect(warnings).toEqual([`infra_token_file: others on this host may read ${path('token')}`])
  })

  test('every file at fault is named', async () => {
    await writeFile(path('bad.pem'), 'no PEM')
    const problems = await problemsOf(
      load({
        ...alone,
        infra_token_file: path('none'),
        infra_tls_cert: path('bad.pem'),
        infra_tls_key: pair.keyFile,
        infra_tls_ca: path('bad.pem'),
      }),
    )
    expect(problems).toEqual([
      `infra_token_file: ${path('none')} cannot be read: ENOENT: no such file or directory (from ./snetd.config.json)`,
      `infra_tls_cert: ${path('bad.pem')} cannot be used: it holds no PEM that can be read (from ./snetd.config.json)`,
      `infra_tls_ca: ${path('bad.pem')} cannot be used: it holds no PEM that can be read (from ./snetd.config.json)`,
    ])
  })

  test('half of a pair, and an authority without TLS, are refused', async () => {
    const [half] = await problemsOf(load({ ...alone, infra_tls_cert: pair.certFile }))
    expect(half).toContain('infra_tls_key: is required with infra_tls_cert')
    const [lonely] = await problemsOf(load({ ...alone, infra_tls_ca: authority.certFile }))
    expect(lonely).toContain('infra_tls_ca: needs TLS')
  })

  test('a key of another certificate is refused', async () => {
    const [line] = await problemsOf(load({ ...alone, ...tls(), infra_tls_key: authority.keyFile }))
    expect(line).toContain('is not the private key of')
  })
})

describe('where logs go', () => {
  test.each([
    '/var/up',
    'up',
    'up/x.tar.gz',
    'file:///var/up',
    'https://me:pw@store.example/x?sig=1',
    'http://store:9000',
  ])('%s is taken', async (infra_log_target) => {
    expect((await load({ ...alone, infra_log_target })).config.infra_log_target).toBe(infra_log_target)
  })

  test.each(['s3://me:secret@bucket/x', 'ftp://me:secret@host', 'file://me:secret/x', 'https://', 'data:secret'])(
    '%s is refused, without its secrets',
    async (infra_log_target) => {
      const [line, ...more] = await problemsOf(load({ ...alone, infra_log_target }))
      expect(more).toEqual([])
      expect(line).toContain('infra_log_target is a URL that logs cannot be uploaded to')
      expect(line).not.toContain('secret')
    },
  )

  test('matters to nobody without a control daemon', async () => {
    expect((await load({ ...complete, infra_log_target: 's3://bucket' })).infra).toBeUndefined()
  })
})
