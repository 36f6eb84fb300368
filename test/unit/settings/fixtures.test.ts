import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { daemonSchema } from '../../../src/settings/index.js'
import { packageRoot } from '../../../src/shared/package.js'
import type { Field } from '../../../src/settings/engine.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { load } = inDirectory()
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(packageRoot, 'test', 'fixtures', 'config', `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >

describe('config files of the reference daemon', () => {
  test('the one of its README starts with a key to sign reports, and says which keys have no effect', async () => {
    const readme = fixture('reference-readme')
    expect(await problemsOf(load(readme))).toEqual([expect.stringMatching(/^private_key_for_metering: /)])
    const { config, warnings } = await load({ ...readme, pvt_key_for_metering: '11'.repeat(32) })
    expect(config).toMatchObject({
      organization_id: 'ExampleOrg',
      rate_limit_per_minute: 1500,
      burst_size: 100,
      log: { level: 'debug', format: 'json' },
    })
    const inert = warnings
      .filter((warning) => warning.includes('has no effect'))
      .map((warning) => warning.split(' ')[0])
    expect(inert.sort()).toEqual(['hdwallet_index', 'is_curation_in_progress'])
  })

  test('what its init writes asks for what was left as an example', async () => {
    expect((await problemsOf(load(fixture('reference-init')))).map((line) => line.split(':')[0])).toEqual([
      'organization_id',
      'service_id',
      'service_endpoint',
      'ethereum_json_rpc_http_endpoint',
    ])
  })

  test.each(['reference-init', 'reference-init-full'])('%s starts once these are filled in', async (name) => {
    const { config } = await load({ ...fixture(name), ...complete, service_endpoint: 'http://localhost:5000' })
    expect(config).toMatchObject({
      daemon_endpoint: { host: '127.0.0.1', port: 8080 },
      service_timeout: 100_000,
      passthrough_enabled: true,
    })
  })
})

/** A right value for each key that has an old name, and what it reads as. */
const ALIASED: Record<string, unknown> = {
  daemon_endpoint: '127.0.0.1:1',
  ipfs_endpoint: 'http://127.0.0.1:2',
  service_endpoint: 'http://127.0.0.1:3',
  metering_endpoint: 'http://127.0.0.1:4',
  heartbeat_endpoint: 'http://127.0.0.1:5',
  notification_endpoint: 'http://127.0.0.1:6',
  private_key_for_metering: '11'.repeat(32),
  private_key_for_free_calls: '22'.repeat(32),
}

describe('old names', () => {
  const aliases = Object.entries(daemonSchema as Record<string, Field<unknown>>).flatMap(([key, { was = [] }]) =>
    was.map((old) => [old, key] as const),
  )
  test('are those of the reference', () => {
    expect(aliases.map(([old]) => old).sort()).toEqual([
      'daemon_end_point',
      'heartbeat_svc_end_point',
      'ipfs_end_point',
      'metering_end_point',
      'notification_svc_end_point',
      'passthrough_endpoint',
      'pvt_key_for_free_calls',
      'pvt_key_for_metering',
    ])
  })

  test.each(aliases)('%s means %s, from a file and from a variable', async (old, key) => {
    const value = ALIASED[key]
    const now = (await load({ ...complete, [key]: value })).config
    const { config, warnings } = await load({ ...complete, [old]: value })
    expect(config).toEqual(now)
    expect(warnings).toContain(
      `Config parameter '${old}' is deprecated, use '${key}' instead (from ./snetd.config.json)`,
    )
    const fromVariable = await load(complete, { env: { [`SNET_${old.toUpperCase()}`]: String(value) } })
    expect(fromVariable.config).toEqual(now)
  })
})
