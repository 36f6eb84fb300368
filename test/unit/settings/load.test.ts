import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { hostPortText } from '../../../src/shared/host-port.js'
import { type ConfigSources, findSettings } from '../../../src/settings/index.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { find, load, loadFrom, path } = inDirectory()

describe('sources', () => {
  test('a flag beats a variable, which beats the file, which beats the default', async () => {
    const file = { ...complete, drain_timeout: '1s' }
    const env = { SNET_DRAIN_TIMEOUT: '2s' }
    expect((await load(complete)).config.drain_timeout).toBe(10_000)
    expect((await load(file)).config.drain_timeout).toBe(1_000)
    expect((await load(file, { env })).config.drain_timeout).toBe(2_000)
    const all = await load(file, { env, flags: { drain_timeout: '3s' } })
    expect(all.config.drain_timeout).toBe(3_000)
    expect(all.origins['drain_timeout']).toBe('--drain-timeout')
  })

  test('an alias counts at the rank of its own source and is warned of', async () => {
    const loaded = await load(
      { ...complete, daemon_end_point: '127.0.0.1:1' },
      { env: { SNET_DAEMON_ENDPOINT: '127.0.0.1:2' } },
    )
    expect(loaded.config.daemon_endpoint).toEqual({ host: '127.0.0.1', port: 2 })
    const aliasOnly = await load({ ...complete, daemon_end_point: '127.0.0.1:1' })
    expect(aliasOnly.config.daemon_endpoint.port).toBe(1)
    expect(aliasOnly.warnings).toContain(
      "Config parameter 'daemon_end_point' is deprecated, use 'daemon_endpoint' instead (from ./snetd.config.json)",
    )
  })

  test.each([
    ['data_dir', { data_dir: 'a\0b' }],
    ['ssl_cert', { ssl_cert: '\0', ssl_key: 'k.pem' }],
    ['infra_log_target', { infra_log_target: '/var/log\0' }],
    ['infra_peer_allow', { infra_peer_allow: ['a\0'] }],
  ])('a zero byte in %s, which no file system takes, is a problem of the setting', async (key, changes) => {
    const problems = await problemsOf(load({ ...complete, ...changes }))
    expect(problems).toEqual([expect.stringMatching(`^${key}: expected a text without zero bytes, got `)])
  })

  test('an empty variable counts as unset', async () => {
    expect((await load(complete, { env: { SNET_DRAIN_TIMEOUT: '' } })).config.drain_timeout).toBe(10_000)
  })

  test('keys of the file count in any letter case', async () => {
    const { organization_id, ...rest } = complete
    expect((await load({ ...rest, Organization_ID: organization_id })).config.organization_id).toBe('ExampleOrg')
  })

  test.each([
    ['yaml', Object.entries(complete).map(([key, value]) => `${key}: "${value}"`)],
    ['toml', Object.entries(complete).map(([key, value]) => `${key} = "${value}"`)],
  ])('%s files are read too', async (ending, lines) => {
    await writeFile(path(`snetd.config.${ending}`), lines.join('\n'))
    expect((await loadFrom(undefined)).config.service_id).toBe('ExampleSvc')
  })

  test.each(['js', 'cjs', 'mjs', 'ts', 'cts', 'mts', 'json.js', 'conf', 'json5'])(
    'a config file .%s is refused, whatever it says',
    async (ending) => {
      await writeFile(path(`x.${ending}`), JSON.stringify(complete))
      expect((await problemsOf(loadFrom(`x.${ending}`)))[0]).toBe(
        `${path(`x.${ending}`)} is not a config file: its name has to end with .json, .yaml, .yml, .toml`,
      )
    },
  )

  test('code that lies where a config file is looked for is left alone', async () => {
    await writeFile(path('snetd.config.js'), JSON.stringify(complete))
    expect((await loadFrom(undefined).catch((error: Error) => error.message)) as string).toContain('(not set)')
  })

  test('a named file that is missing or no object is refused by its path', async () => {
    expect((await problemsOf(loadFrom('none.json')))[0]).toContain(path('none.json'))
    expect((await problemsOf(load('[1]')))[0]).toContain('it contains no object of settings')
    expect((await problemsOf(load('{ broken')))[0]).toContain('snetd.config.json')
  })
})

test('a file with ten faults is told in ten lines, each with key, expectation, value and origin', async () => {
  const faulty = {
    ...complete,
    service_id: 'YOUR_SERVICE_ID',
    drain_timeout: 'soon',
    daemon_endpoint: 'nowhere',
    max_message_size_in_mb: 0,
    ipfs_endpoint: 'ftp://x',
    registry_address_key: '0x12',
    payment_channel_storage_type: 'redis',
    private_key_for_metering: 'secret',
    allowed_user_addresses: ['0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A', 'me'],
  }
  expect(await problemsOf(load(faulty, { env: { SNET_SERVICE_TIMEOUT: '5 parsecs' } }))).toEqual([
    'service_id: expected a value of your own in place of the example, got "YOUR_SERVICE_ID" (from ./snetd.config.json)',
    'service_timeout: expected a duration such as 500ms, 30s or 5m, got "5 parsecs" (from SNET_SERVICE_TIMEOUT)',
    'max_message_size_in_mb: expected a whole number from 1 to 2048, got 0 (from ./snetd.config.json)',
    'daemon_endpoint: expected HOST:PORT such as 127.0.0.1:8080 (port 0 takes any free one), got "nowhere" (from ./snetd.config.json)',
    'drain_timeout: expected a duration such as 500ms, 30s or 5m, got "soon" (from ./snetd.config.json)',
    'registry_address_key: expected an address: 0x and 40 hexadecimal digits, got "0x12" (from ./snetd.config.json)',
    'ipfs_endpoint: expected a URL with http:// or https://, got "ftp://x" (from ./snetd.config.json)',
    'allowed_user_addresses: expected an address: 0x and 40 hexadecimal digits, got ["0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A","me"] (from ./snetd.config.json)',
    'payment_channel_storage_type: expected one of memory, embedded, etcd, got "redis" (from ./snetd.config.json)',
    'private_key_for_metering: expected 64 hexadecimal digits, got (hidden) (from ./snetd.config.json)',
  ])
})

test('a misspelt key is a warning beside the problem that it causes', async () => {
  const { organization_id: _, ...rest } = complete
  const { problems, warnings } = await find({ ...rest, organisation_id: 'ExampleOrg' })
  expect(problems.map(({ message }) => message)).toEqual([
    'organization_id: set the id under which your organisation is registered (not set)',
  ])
  expect(warnings).toEqual([
    'organisation_id is not a known key, did you mean organization_id? (from ./snetd.config.json)',
  ])
})

test.each([
  ['ethereum_json_rpc_endpoint', 'any more: use ethereum_json_rpc_http_endpoint'],
  ['DAEMON_LISTENING_PORT', 'any more: use daemon_endpoint, such as "0.0.0.0:7000"'],
  ['SERVICE_NAME', 'any more: use service_id'],
  ['organization_name', 'any more: use organization_id'],
  ['PRIVATE_KEY', 'any more: the daemon needs no key; leave it out'],
  ['constructor', ''],
])('the key %s is told what took its place, before any spelling is compared', async (key, advice) => {
  const name = key.toLowerCase()
  expect((await load({ ...complete, [key]: 'x' })).warnings).toEqual([
    `${name} is not a known key${advice && ` ${advice}`} (from ./snetd.config.json)`,
  ])
})

test('a variable of an older daemon is told the same', async () => {
  expect((await load(complete, { env: { SNET_SERVICE_NAME: 'x' } })).warnings).toEqual([
    'SNET_SERVICE_NAME is not a known key any more: use service_id (from the environment)',
  ])
})

test('an unknown network is named with the known ones', async () => {
  const { warnings } = await load({
    ...complete,
    blockchain_network_selected: 'ropsten',
    registry_address_key: `0x${'1'.repeat(40)}`,
  })
  expect(warnings).toEqual([
    'blockchain_network_selected "ropsten" is not one of main, goerli, sepolia, local: it is taken for a network of your own, and the chain id of its node is not checked',
  ])
})

describe('a JSON file', () => {
  test('that is broken is told with line, column and a mark', async () => {
    const [first, second, third] = await problemsOf(load('{\n  "service_id": "a",\n  "data_dir" "b"\n}'))
    expect(first).toMatch(/snetd\.config\.json: line 3, column 14: /)
    expect([second, third]).toEqual(['    "data_dir" "b"', '               ^'])
  })

  test('that ends too early is told at its end, and a long line around the place', async () => {
    expect((await problemsOf(load('{"a": 1,\n'))).join('\n')).toContain('line 1, column 9')
    const [, shown = '', mark = ''] = await problemsOf(load(`{"a": "${'x'.repeat(5_000)}" "b"}`))
    expect(shown.length).toBeLessThan(70)
    expect(shown[mark.indexOf('^')]).toBe('"')
  })

  test('that says one key twice, or in two cases, is warned of', async () => {
    const body = JSON.stringify(complete).slice(1, -1)
    const { warnings, config } = await find(
      `{${body},\n"drain_timeout": "1s",\n"drain_timeout": "2s",\n"Drain_Timeout": "3s", "log": {"level": "info", "level": "warn"}}`,
    )
    expect(config.drain_timeout).toBe(3_000)
    expect(warnings).toEqual([
      '"drain_timeout" is given twice; the one in line 3 counts (in ./snetd.config.json)',
      '"level" is given twice; the one in line 4 counts (in ./snetd.config.json)',
      '"drain_timeout" and "Drain_Timeout" are the same key; the later one counts (in ./snetd.config.json)',
    ])
  })
})

test.each([
  ['json', JSON.stringify(complete)],
  [
    'yaml',
    Object.entries(complete)
      .map((pair) => pair.join(': '))
      .join('\n'),
  ],
  [
    'toml',
    Object.entries(complete)
      .map(([key, value]) => `${key} = "${value}"`)
      .join('\n'),
  ],
] as const)('stdin may be %s', async (format, text) => {
  const found = await findSettings({ stdin: { text, format }, env: {}, flags: {}, cwd: path('') })
  expect(found).toMatchObject({ file: 'stdin', problems: [], isBare: false })
  const broken = findSettings({ stdin: { text: '{"', format }, env: {}, flags: {}, cwd: path('') })
  expect((await problemsOf(broken))[0]).toContain('cannot read the config file stdin')
})

test('settings are bare where no file, variable or flag says anything', async () => {
  const found = (given: Partial<ConfigSources>) => findSettings({ env: {}, flags: {}, cwd: path(''), ...given })
  expect((await found({})).isBare).toBe(true)
  expect((await found({ env: { SNET_DRAIN_TIMEOUT: '1s' } })).isBare).toBe(false)
  expect((await found({ flags: { drain_timeout: '1s' } })).isBare).toBe(false)
})

test('a misspelt variable is named too, and one of somebody else’s is not', async () => {
  const others = { SNET_PORT_80_TCP_ADDR: '10.0.0.1', SNET_X: '1', SNETD_PRIVATE_KEY: 'hush' }
  const env = { SNET_DAEMON_ENDPONT: '127.0.0.1:1', 'SNET_LOG.LEVEL': 'debug', ...others }
  expect((await load(complete, { env })).warnings).toEqual([
    'SNET_DAEMON_ENDPONT is not a known key, did you mean SNET_DAEMON_ENDPOINT? (from the environment)',
    'SNET_LOG.LEVEL is not read: set SNET_LOG to an object in JSON',
  ])
})

test('a key that was left empty is told by the place that left it so', async () => {
  expect(await problemsOf(load({ ...complete, service_id: '' }))).toEqual([
    'service_id: set the id under which your service is registered (empty, from ./snetd.config.json)',
  ])
})

test('unknown keys and keys without effect are warnings', async () => {
  const { warnings } = await load({
    ...complete,
    drain_timeuot: '1s',
    xyzzy: 1,
    hdwallet_index: 1,
  })
  expect(warnings).toEqual([
    'hdwallet_index has no effect: nothing reads it, here or in the daemon it comes from (from ./snetd.config.json)',
    'drain_timeuot is not a known key, did you mean drain_timeout? (from ./snetd.config.json)',
    'xyzzy is not a known key (from ./snetd.config.json)',
  ])
})

test.each([30, '30', '1m30'])('a service_timeout of %o, which has no unit, is refused (defect 42)', async (time) => {
  expect(await problemsOf(load({ ...complete, service_timeout: time }))).toEqual([
    expect.stringMatching(/^service_timeout: expected a duration such as 500ms, 30s or 5m, got /),
  ])
})

test('an empty text is a key that nobody set, and a key in dots is a part of its object', async () => {
  const { config } = await load({
    ...complete,
    ssl_cert: '',
    service_timeout: '',
    'log.level': 'debug',
    Log: { Formatter: { Type: 'json' } },
  })
  expect(config).toMatchObject({ service_timeout: 100_000, log: { level: 'debug', format: 'json' } })
  expect(config.ssl_cert).toBeUndefined()
})

test('numbers may be texts and texts numbers', async () => {
  const { config } = await load({ ...complete, service_id: 42, ipfs_timeout: '7', rate_limit_per_minute: '1.5' })
  expect(config).toMatchObject({ service_id: '42', ipfs_timeout: 7, rate_limit_per_minute: 1.5 })
})

test('lists and objects come from variables as JSON, or as texts with commas', async () => {
  const [a, b] = ['0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A', '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf']
  const env = { SNET_ALLOWED_USER_ADDRESSES: `${a}, ${b}`, SNET_LOG: '{"level": "warning"}' }
  const { config } = await load(complete, { env })
  expect(config.allowed_user_addresses).toEqual([a, b])
  expect(config.log.level).toBe('warn')
  const asJson = await load(complete, { env: { SNET_ALLOWED_USER_ADDRESSES: JSON.stringify([a]) } })
  expect(asJson.config.allowed_user_addresses).toEqual([a])
})

test('data_dir counts from the file that names it, else from where the daemon was started', async () => {
  expect((await load({ ...complete, data_dir: 'd' })).dataDir).toBe(path('d'))
  expect((await load(complete)).dataDir).toBe(path('snetd-data'))
  await load(complete)
  const { loadConfig } = await import('../../../src/settings/index.js')
  const elsewhere = { file: path('snetd.config.json'), flags: {}, cwd: '/' }
  expect((await loadConfig({ ...elsewhere, env: {} })).dataDir).toBe(path('snetd-data'))
  expect((await loadConfig({ ...elsewhere, env: { SNET_DATA_DIR: 'd' } })).dataDir).toBe('/d')
})

test.each([
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['0', 0],
  ['+.5s', 500],
  ['1.s', 1_000],
  ['1h0.5m2000000µs5000000μs', 3_637_000],
])('the duration %s is %d ms', async (text, ms) => {
  expect((await load({ ...complete, drain_timeout: text })).config.drain_timeout).toBe(ms)
})

test.each([
  [7, 7],
  ['7', 7],
  ['7s', 7],
  ['1m30s', 90],
])('a key that took a number of seconds takes %j too', async (written, seconds) => {
  expect((await load({ ...complete, ipfs_timeout: written })).config).toMatchObject({ ipfs_timeout: seconds })
})

test.each([
  [undefined, ['*']],
  ['https://a.example, http://localhost:3000', ['https://a.example', 'http://localhost:3000']],
  [
    ['HTTPS://A.example:443/', 'null'],
    ['https://a.example', 'null'],
  ],
  [[], []],
])('pages of the origins %j may call', async (written, origins) => {
  expect((await load({ ...complete, allowed_origins: written })).config.allowed_origins).toEqual(origins)
})

test.each(['a.example', 'https://a.example/page', 'https://a.example?x', 'file:///a', 'https://*.example', 5])(
  'pages have no origin %j',
  async (written) => {
    expect(await problemsOf(load({ ...complete, allowed_origins: [written] }))).toEqual([
      expect.stringContaining('allowed_origins: expected an origin such as https://app.example.com'),
    ])
  },
)

test.each(['5', '-1s', '1 s', '1d', 's', '.s', '1m30'])('the duration %s is none', async (text) => {
  expect(await problemsOf(load({ ...complete, drain_timeout: text }))).toEqual([
    expect.stringContaining('drain_timeout: expected a duration'),
  ])
})

test.each([
  [':8080', '0.0.0.0', 8080],
  ['[::1]:0', '::1', 0],
  ['localhost:65535', 'localhost', 65_535],
])('the endpoint %s is taken', async (text, host, port) => {
  const { config } = await load({ ...complete, daemon_endpoint: text })
  expect(config.daemon_endpoint).toEqual({ host, port })
  const shown = hostPortText(config.daemon_endpoint)
  expect((await load({ ...complete, daemon_endpoint: shown })).config.daemon_endpoint).toEqual({ host, port })
})

test.each([
  ['http://localhost:5002/models/', 'http:', 'localhost:5002'],
  ['https://models.example', 'https:', 'models.example'],
  ['grpcs://models.example:8443', 'grpcs:', 'models.example:8443'],
  ['localhost:5002', 'grpc:', 'localhost:5002'],
])('where models are trained is written as where the service is: %s', async (text, protocol, host) => {
  const { config } = await load({ ...complete, service_endpoint: text, model_maintenance_endpoint: text })
  for (const url of [config.model_maintenance_endpoint, config.service_endpoint])
    expect([url?.protocol, url?.host]).toEqual([protocol, host])
})

test('where it is left empty, models are trained where the service is', async () => {
  const { config } = await load({ ...complete, model_maintenance_endpoint: '' })
  expect(config.model_maintenance_endpoint).toBeUndefined()
})
