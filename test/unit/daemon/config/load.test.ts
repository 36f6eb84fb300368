import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../../src/daemon/config/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { hostPortText } from '../../../../src/shared/schema.js'

const ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const complete = {
  organization_id: 'ExampleOrg',
  service_id: 'ExampleSvc',
  payment_channel_storage_type: 'embedded',
  ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:8545',
  registry_address_key: ADDRESS,
}

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'snetd-config-'))
})
afterEach(() => rm(cwd, { recursive: true }))

async function load(file: unknown, more: { env?: Record<string, string>; flags?: Record<string, unknown> } = {}) {
  await writeFile(join(cwd, 'snetd.config.json'), typeof file === 'string' ? file : JSON.stringify(file))
  return await loadConfig({ env: {}, flags: {}, cwd, ...more })
}

const problemsOf = async (loading: Promise<unknown>): Promise<string[]> => {
  const failed = (await loading.then(
    () => undefined,
    (error: unknown) => error,
  )) as SnetError
  expect(failed).toBeInstanceOf(SnetError)
  expect(failed.kind).toBe('invalid-config')
  return failed.message.split('\n')
}

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
    await writeFile(join(cwd, `snetd.config.${ending}`), lines.join('\n'))
    expect((await loadConfig({ env: {}, flags: {}, cwd })).config.service_id).toBe('ExampleSvc')
  })

  test('a config file that is code is refused, not executed', async () => {
    await writeFile(join(cwd, 'x.cjs'), 'globalThis.executed = true; module.exports = {}')
    expect((await problemsOf(loadConfig({ file: 'x.cjs', env: {}, flags: {}, cwd })))[0]).toContain('is code')
    expect((globalThis as { executed?: boolean }).executed).toBeUndefined()
  })

  test('a named file that is missing or no object is refused by its path', async () => {
    expect((await problemsOf(loadConfig({ file: 'none.json', env: {}, flags: {}, cwd })))[0]).toContain(
      join(cwd, 'none.json'),
    )
    expect((await problemsOf(load('[1]')))[0]).toContain('it holds no object of settings')
    expect((await problemsOf(load('{ broken')))[0]).toContain('snetd.config.json')
  })
})

test('all problems are shown at once, each with key, expectation, value and origin', async () => {
  const faulty = {
    ...complete,
    drain_timeout: 'soon',
    daemon_endpoint: 'nowhere',
    max_message_size_in_mb: 0,
    ipfs_endpoint: 'ftp://x',
    registry_address_key: '0x12',
    payment_channel_storage_type: 'redis',
  }
  expect(await problemsOf(load(faulty, { env: { SNET_SERVICE_TIMEOUT: '5 parsecs' } }))).toEqual([
    'daemon_endpoint: expected HOST:PORT such as 127.0.0.1:8080 (port 0 takes any free one), got "nowhere" (from ./snetd.config.json)',
    'registry_address_key: expected an address: 0x and 40 hexadecimal digits, got "0x12" (from ./snetd.config.json)',
    'ipfs_endpoint: expected a URL with http:// or https://, got "ftp://x" (from ./snetd.config.json)',
    'payment_channel_storage_type: expected one of memory, embedded, etcd, got "redis" (from ./snetd.config.json)',
    'service_timeout: expected a duration such as 500ms, 30s or 5m, got "5 parsecs" (from SNET_SERVICE_TIMEOUT)',
    'max_message_size_in_mb: expected a whole number from 1 to 2048, got 0 (from ./snetd.config.json)',
    'drain_timeout: expected a duration such as 500ms, 30s or 5m, got "soon" (from ./snetd.config.json)',
  ])
})

test('without a storage type the choices are named', async () => {
  const { payment_channel_storage_type: _, ...rest } = complete
  const [problem] = await problemsOf(load(rest))
  for (const choice of ['"embedded"', '"etcd"', '"memory"']) expect(problem).toContain(choice)
})

test('etcd is refused as not supported yet', async () => {
  expect(await problemsOf(load({ ...complete, payment_channel_storage_type: 'etcd' }))).toEqual([
    expect.stringContaining('"etcd" is not supported yet'),
  ])
})

test.each([
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['0.0.0.0:5000', 'http://localhost:5000'],
])('a service at the daemon’s own endpoint is refused: %s', async (daemon_endpoint, service_endpoint) => {
  expect(await problemsOf(load({ ...complete, daemon_endpoint, service_endpoint }))).toEqual([
    "service_endpoint can't be the same as daemon endpoint",
  ])
})

test('unknown keys and keys without effect are warnings; a near miss names the key', async () => {
  const { warnings } = await load({ ...complete, drain_timeuot: '1s', xyzzy: 1, ssl_cert: 'a.pem' })
  expect(warnings).toEqual([
    'drain_timeuot is not a known key, did you mean drain_timeout? (from ./snetd.config.json)',
    'xyzzy is not a known key (from ./snetd.config.json)',
    'ssl_cert has no effect in this version (from ./snetd.config.json)',
  ])
})

test.each([
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['0', 0],
])('the duration %s is %d ms', async (text, ms) => {
  expect((await load({ ...complete, drain_timeout: text })).config.drain_timeout).toBe(ms)
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
