import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { complete, inDirectory, problemsOf } from './harness.js'

const { load, find, path } = inDirectory()
const SECRET = 'test-secret-key-at-least-32-bytes-long'
const USER = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'

describe('settings that do not go together', () => {
  const cases: [name: string, changes: Record<string, unknown>, text: string][] = [
    [
      'a service at the daemon’s own endpoint',
      { daemon_endpoint: '127.0.0.1:5000', service_endpoint: 'http://127.0.0.1:5000' },
      "service_endpoint can't be the same as daemon endpoint; set it to where your AI service listens",
    ],
    [
      'the same behind every interface',
      { daemon_endpoint: '0.0.0.0:5000', service_endpoint: 'localhost:5000' },
      "service_endpoint can't be the same as daemon endpoint; set it to where your AI service listens",
    ],
    [
      'the same by another address of this host',
      { daemon_endpoint: '0.0.0.0:5000', service_endpoint: 'http://127.0.0.2:5000' },
      "service_endpoint can't be the same as daemon endpoint; set it to where your AI service listens",
    ],
    [
      'a certificate without its key',
      { ssl_cert: 'a.pem' },
      'ssl_key: SSL requires both key and certificate when enabled; set it, or neither',
    ],
    [
      'a key without its certificate',
      { ssl_key: 'a.pem' },
      'ssl_cert: SSL requires both key and certificate when enabled; set it, or neither',
    ],
    [
      'a heartbeat by a page that is not named',
      { service_heartbeat_type: 'http' },
      'heartbeat endpoint must be a valid URL; set heartbeat_endpoint to the http(s) page that tells how the service is',
    ],
    [
      'a heartbeat by a page that is none',
      { service_heartbeat_type: 'https', heartbeat_endpoint: 'localhost:5000' },
      'heartbeat endpoint must be a valid URL; set heartbeat_endpoint to the http(s) page that tells how the service is',
    ],
    [
      'authorities of clients without TLS',
      { ssl_client_ca: 'ca.pem' },
      'ssl_client_ca: clients show certificates over TLS only; set ssl_cert and ssl_key, or auto_ssl_domain, too',
    ],
    [
      'certificates of clients that nobody could sign',
      { ssl_client_required: true },
      'ssl_client_required: there is nobody whose certificates would count; set ssl_client_ca, or leave it false',
    ],
    [
      'users restricted on main',
      { blockchain_network_selected: 'main', allowed_user_flag: true, allowed_user_addresses: [USER] },
      'service cannot be restricted to certain users when set up against Ethereum mainnet,the flag allowed_user_flag is set to true; set it to false',
    ],
    [
      'users restricted to nobody',
      { allowed_user_flag: 'true' },
      'a valid Address needs to be specified for the config allowed_user_addresses to ensure that, only these users can make calls; list them, or set allowed_user_flag to false',
    ],
    [
      'a short token secret',
      { token_secret_key: 'short' },
      'token_secret_key must be set to a value of at least 32 bytes when blockchain_enabled is true; leave it out, and one is made and kept in data_dir',
    ],
    [
      'the public token secret where others connect',
      { token_secret_key: SECRET, daemon_endpoint: '0.0.0.0:1' },
      'token_secret_key is the public default, with which anybody can make prepaid tokens; leave it out, or set allow_default_token_secret to true',
    ],
    [
      'a user of etcd without a password',
      { payment_channel_storage_client: { username: 'snetd' } },
      'payment_channel_storage_client: username and password_file belong together; set both, or neither',
    ],
    [
      'a certificate for etcd without its key',
      { payment_channel_cert_path: 'a.pem' },
      'payment_channel_key_path: etcd takes a certificate with its key; set it, or neither',
    ],
    [
      'an etcd to start over https, without certificates',
      { payment_channel_storage_server: { scheme: 'https' } },
      'payment_channel_storage_server: scheme https needs payment_channel_cert_path, payment_channel_key_path and payment_channel_ca_path',
    ],
    [
      'users restricted, without any, where nobody pays',
      { blockchain_enabled: false, allowed_user_flag: true },
      'a valid Address needs to be specified for the config allowed_user_addresses to ensure that, only these users can make calls; list them, or set allowed_user_flag to false',
    ],
    [
      'nothing to serve',
      { gate_enabled: false },
      'gate_enabled and infra_enabled are both false: there is nothing to serve; set one of them to true',
    ],
    [
      'the http daemon with two ports',
      { daemon_type: 'http', experimental: { traffic_split: { grpc: 7000, http: 7001 } } },
      'daemon_type: http has one port, and no gRPC that another one would be for; leave experimental.traffic_split out',
    ],
    [
      'the http daemon for certain users',
      { daemon_type: 'http', allowed_user_flag: true, allowed_user_addresses: [USER] },
      'daemon_type: http serves everybody, as nobody says who he is; set allowed_user_flag to false, or daemon_type to grpc',
    ],
    [
      'the http daemon before a socket of the host',
      { daemon_type: 'http', service_endpoint: 'unix:/run/service' },
      'daemon_type: http asks one URL; set service_endpoint to an http or https one',
    ],
    [
      'the http daemon before itself',
      { daemon_type: 'http', daemon_endpoint: '127.0.0.1:8080', service_endpoint: 'http://127.0.0.1:8080/there' },
      "service_endpoint can't be the same as daemon endpoint; set it to where your AI service listens",
    ],
    [
      'traffic split over one port',
      { experimental: { traffic_split: { grpc: 7000, http: 7000 } } },
      'experimental.traffic_split: grpc and http are the same port; name two, or leave it out, and one port serves both',
    ],
    [
      'ACME for no domain',
      { auto_ssl_domain: '*.example.com' },
      'auto_ssl_domain: expected a domain such as service.example.com, got "*.example.com"',
    ],
  ]
  test.each(cases)('%s', async (_name, changes, text) => {
    expect(await problemsOf(load({ ...complete, ...changes }))).toEqual([`${text} (from ./snetd.config.json)`])
  })

  test('each place that had a part in it is named, and none that did not', async () => {
    const flags = { service_endpoint: 'http://127.0.0.1:7' }
    const env = { SNET_DAEMON_ENDPOINT: '127.0.0.1:7' }
    expect(await problemsOf(load({ ...complete, daemon_endpoint: '127.0.0.1:8' }, { env, flags }))).toEqual([
      expect.stringMatching(/ \(from --service-endpoint, SNET_DAEMON_ENDPOINT\)$/),
    ])
  })

  test('two addresses of loopback are two places', async () => {
    const apart = { daemon_endpoint: '127.0.0.1:5000', service_endpoint: 'http://127.0.0.2:5000' }
    expect((await find({ ...complete, ...apart })).problems).toEqual([])
  })

  test('the public token secret is served on loopback, and where it is allowed, with a warning', async () => {
    const warning = 'token_secret_key is the public default: anybody can make prepaid tokens'
    for (const daemon_endpoint of ['127.0.0.1:8080', '127.9.9.9:8080'])
      expect((await load({ ...complete, token_secret_key: SECRET, daemon_endpoint })).warnings).toEqual([warning])
    const allowed = { daemon_endpoint: '0.0.0.0:1', allow_default_token_secret: true }
    expect((await load({ ...complete, token_secret_key: SECRET, ...allowed })).warnings).toEqual([warning])
  })

  test('an etcd to start beside another store is not started, with a warning', async () => {
    const beside = { payment_channel_storage_type: 'embedded', payment_channel_storage_server: {} }
    expect((await load({ ...complete, ...beside })).warnings).toEqual([
      'payment_channel_storage_server is not started: payment_channel_storage_type is "embedded"',
    ])
  })

  test('a plain proxy needs no key of payments, and warns that nobody pays', async () => {
    expect((await load({ daemon_type: 'http' })).warnings).toEqual([
      'daemon_type is http: requests are NOT PAID, and everybody who can connect is served for nothing',
    ])
  })

  test('an etcd that is switched off is no choice of etcd', async () => {
    const off = { payment_channel_storage_type: null, payment_channel_storage_server: { enabled: false } }
    expect((await find({ ...complete, ...off })).problems).toEqual([])
  })
})

describe('networks', () => {
  const { ethereum_json_rpc_http_endpoint: _, ...withoutNode } = complete
  test.each([
    ['main', '0x247DEbEBB766E4fA99667265A158060018D5f4F8'],
    ['sepolia', '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D'],
    ['local', '0x4e74fefa82e83e0964f0d9f53c68e03f7298a8b2'],
  ])('the Registry of %s is known', async (blockchain_network_selected, registry) => {
    const { config, origins } = await load({ ...complete, blockchain_network_selected })
    expect(config.registry_address_key).toBe(registry)
    expect(origins['registry_address_key']).toBe(`network "${blockchain_network_selected}"`)
  })

  test('what is written beats the table', async () => {
    expect((await load({ ...complete, registry_address_key: USER })).config.registry_address_key).toBe(USER)
  })

  test('only local has a node of its own; a public network needs one, and an unknown one its Registry too', async () => {
    const local = await load({ ...withoutNode, blockchain_network_selected: 'local' })
    expect(local.config.ethereum_json_rpc_http_endpoint[0].href).toBe('http://localhost:8545/')
    expect(await problemsOf(load(withoutNode))).toEqual([
      expect.stringContaining('ethereum_json_rpc_http_endpoint: set the URL of an Ethereum node'),
    ])
    expect(await problemsOf(load({ ...withoutNode, blockchain_network_selected: 'mine' }))).toEqual([
      expect.stringContaining('ethereum_json_rpc_http_endpoint: set the URL'),
      'registry_address_key: set the address of the Registry contract on that network (not set)',
    ])
  })
})

describe('certificate files', () => {
  const makePair = (name: string): void => {
    const args = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-subj',
      '/CN=localhost',
    ]
    execFileSync('openssl', [...args, '-keyout', path(`${name}.key`), '-out', path(`${name}.pem`), '-days', '2'], {
      stdio: 'pipe',
    })
  }
  const withFiles = (cert: string, key: string) => load({ ...complete, ssl_cert: path(cert), ssl_key: path(key) })

  test('a certificate and its key are taken', async () => {
    makePair('a')
    expect((await withFiles('a.pem', 'a.key')).tls?.from).toMatchObject({ kind: 'files', cert: path('a.pem') })
    const withCa = { ...complete, ssl_cert: path('a.pem'), ssl_key: path('a.key'), ssl_client_ca: path('a.pem') }
    expect((await load(withCa)).tls?.clientCa?.pem.toString()).toContain('BEGIN CERTIFICATE')
    expect(await problemsOf(load({ ...withCa, ssl_client_ca: path('a.key') }))).toEqual([
      `ssl_client_ca: ${path('a.key')} cannot be used: it holds no PEM that can be read (from ./snetd.config.json)`,
    ])
  })

  test('files that are missing, no PEM, or not a pair are told by key and path, both at once', async () => {
    makePair('a')
    makePair('b')
    await writeFile(path('text'), 'nothing of the kind')
    expect(await problemsOf(withFiles('none.pem', 'text'))).toEqual([
      `ssl_cert: ${path('none.pem')} cannot be used: ENOENT: no such file or directory (from ./snetd.config.json)`,
      `ssl_key: ${path('text')} cannot be used: it holds no PEM that can be read (from ./snetd.config.json)`,
    ])
    expect(await problemsOf(withFiles('a.pem', 'b.key'))).toEqual([
      `ssl_key: ${path('b.key')} is not the private key of ${path('a.pem')} (from ./snetd.config.json)`,
    ])
  })
})

describe('free calls by address', () => {
  const quotas = async (value: unknown) =>
    (await load({ ...complete, free_calls_per_address: value })).config.free_calls_per_address

  test('are numbers, or without a limit, as the reference takes them', async () => {
    const written = { [USER]: 'unlimited', [`0x${'1'.repeat(40)}`]: 3, [`0x${'2'.repeat(40)}`]: 'Infinity' }
    expect(await quotas(written)).toEqual({
      [USER.toLowerCase()]: 'unlimited',
      [`0x${'1'.repeat(40)}`]: 3n,
      [`0x${'2'.repeat(40)}`]: 'unlimited',
    })
    expect(await quotas({ [USER]: '12' })).toEqual({ [USER.toLowerCase()]: 12n })
    expect(await quotas({ [USER]: 2.9 })).toEqual({ [USER.toLowerCase()]: 2n })
  })

  test.each([
    [{ me: 1 }, 'an address as each name'],
    [{ [USER]: 'many' }, 'a number of calls from 0 on'],
    [{ [USER]: -1 }, 'a number of calls from 0 on'],
    ['many', 'an object of addresses'],
  ])('are refused: %j', async (value, text) => {
    expect((await problemsOf(load({ ...complete, free_calls_per_address: value })))[0]).toContain(text)
  })
})

describe('rate_limits', () => {
  test('are of methods and services, with a burst or without', async () => {
    const rate_limits = [
      { method: '/a.B/c', per_minute: 60 },
      { method: '/a.B/*', per_minute: '0.5', burst_size: 3 },
    ]
    const parsed = [
      { method: '/a.B/c', perMinute: 60, burstSize: undefined },
      { method: '/a.B/*', perMinute: 0.5, burstSize: 3 },
    ]
    expect((await load({ ...complete, rate_limits })).config.rate_limits).toEqual(parsed)
    const env = { SNET_RATE_LIMITS: JSON.stringify(rate_limits) }
    expect((await load(complete, { env })).config.rate_limits).toEqual(parsed)
  })

  test.each([
    [[{ method: 'a.B/c', per_minute: 1 }], 'limits such as'],
    [[{ method: '/*', per_minute: 1 }], 'limits such as'],
    [[{ method: '/a.B/c', per_minute: 0 }], 'limits such as'],
    [[{ method: '/a.B/c', per_minute: 1, burst: 2 }], 'limits such as'],
    [[{ method: '/a.B/c' }], 'limits such as'],
    [Array(2).fill({ method: '/a.B/c', per_minute: 1 }), 'twice'],
    ['60', 'a list of at most 1000 limits'],
  ])('%j are none', async (rate_limits, text) => {
    expect((await problemsOf(load({ ...complete, rate_limits })))[0]).toContain(text)
  })

  test.each([
    { payment_channel_storage_type: 'memory' },
    { blockchain_enabled: false },
    { daemon_type: 'http', blockchain_enabled: false },
  ])('are not shared without an etcd: %j', async (changes) => {
    const problems = await problemsOf(load({ ...complete, ...changes, rate_limit_shared: true }))
    expect(problems.join()).toContain('rate_limit_shared: there is no etcd in which replicas could share it')
  })
})
