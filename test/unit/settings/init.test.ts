import { readFile, stat, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daemonSchema, explain, writeConfigFile } from '../../../src/settings/index.js'
import type { Field } from '../../../src/settings/engine.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { find, load, loadFrom, path } = inDirectory()
const init = (file: string, more: { full?: boolean; env?: Record<string, string> } = {}) =>
  writeConfigFile({ file: path(file), full: false, env: {}, cwd: '/', ...more })

describe('init', () => {
  test.each([false, true])('what it writes asks for what only the provider knows (full: %s)', async (full) => {
    const file = await init('new.json', { full })
    expect((await problemsOf(loadFrom(file))).map((line) => line.split(':')[0])).toEqual([
      'organization_id',
      'service_id',
      'service_endpoint',
      'ethereum_json_rpc_http_endpoint',
    ])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test.each(['json', 'yaml', 'toml'])('a whole %s file reads back as the defaults', async (ending) => {
    const env = {
      SNET_ORGANIZATION_ID: 'o',
      SNET_SERVICE_ID: 's',
      SNET_SERVICE_ENDPOINT: 'http://localhost:5000',
      SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:8545',
    }
    const { config, warnings } = await loadFrom(await init(`new.${ending}`, { full: true, env }))
    const { payment_channel_storage_type: _, ...rest } = complete
    expect(config).toEqual(
      (await load({ ...rest, payment_channel_storage_type: 'embedded', organization_id: 'o', service_id: 's' })).config,
    )
    expect(warnings).toEqual([])
  })

  test.each(['json', 'yaml', 'toml'])(
    'a whole %s file has every key once, with its meaning where comments go',
    async (ending) => {
      const text = await readFile(await init(`new.${ending}`, { full: true }), 'utf8')
      for (const [key, field] of Object.entries(daemonSchema as Record<string, Field<unknown>>)) {
        const lines = text.split('\n')
        const at = lines.filter((line) => new RegExp(`^(?:  "|# )?${key}"?(?::| =)`).test(line))
        expect(at, key).toHaveLength(1)
        if (ending !== 'json') expect(lines[lines.indexOf(at[0] as string) - 1]).toContain(`# ${field.doc}`)
      }
    },
  )

  test('what has to be filled in is in capitals', async () => {
    const values = JSON.parse(await readFile(await init('new.json'), 'utf8')) as Record<string, unknown>
    const capitals = Object.keys(values).filter((key) => /^[A-Z_]+$/.test(String(values[key])))
    expect(capitals).toEqual(['organization_id', 'service_id', 'service_endpoint', 'ethereum_json_rpc_http_endpoint'])
  })

  test('takes variables along, but no secrets', async () => {
    const text = await readFile(
      await init('new.json', { full: true, env: { SNET_SERVICE_ID: 'mine', SNET_TOKEN_SECRET_KEY: 'x'.repeat(40) } }),
      'utf8',
    )
    expect(JSON.parse(text)).toMatchObject({ service_id: 'mine' })
    expect(text).not.toContain('xxxx')
  })

  test('writes nothing that would not be read', async () => {
    await expect(init('new.js')).rejects.toMatchObject({ kind: 'invalid-config' })
    await expect(stat(path('new.js'))).rejects.toThrow('ENOENT')
  })

  test('never overwrites', async () => {
    await writeFile(path('there.json'), 'mine')
    await expect(init('there.json')).rejects.toMatchObject({
      kind: 'already-exists',
      message: `such configFile already exists, please remove file first or rename file: ${path('there.json')}`,
    })
    expect(await readFile(path('there.json'), 'utf8')).toBe('mine')
  })
})

describe('explain', () => {
  test('tells value, origin, default and effect of every key, and what is wrong', async () => {
    const rows = explain(await find({ ...complete, drain_timeout: 'soon' }, { env: { SNET_SERVICE_TIMEOUT: '1s' } }))
    expect(rows.map(({ key }) => key)).toEqual(Object.keys(daemonSchema))
    const row = (key: string) => rows.find((one) => one.key === key)
    expect(row('service_timeout')).toMatchObject({ value: '1s', origin: 'SNET_SERVICE_TIMEOUT', default: '100s' })
    expect(row('registry_address_key')).toMatchObject({ origin: 'network "sepolia"' })
    // A default is no secret, whatever others may write in its place.
    expect(row('lighthouse_endpoint')?.value).toBe('https://gateway.lighthouse.storage/ipfs/')
    expect(row('data_dir')).toMatchObject({ value: null, origin: 'unset', default: null })
    expect(row('drain_timeout')).toMatchObject({
      value: 'soon',
      problem: expect.stringContaining('expected a duration') as string,
    })
    expect(row('hdwallet_mnemonic')?.effect).toContain('No effect')
  })

  test('a secret that everybody knows is told as one, and a public default is shown wherever it is written', async () => {
    const rows = explain(
      await find({
        ...complete,
        token_secret_key: 'test-secret-key-at-least-32-bytes-long',
        lighthouse_endpoint: 'https://gateway.lighthouse.storage/ipfs/',
      }),
    )
    const valueOf = (key: string) => rows.find((row) => row.key === key)?.value
    expect(valueOf('token_secret_key')).toBe('(the public default, which everybody knows)')
    expect(valueOf('lighthouse_endpoint')).toBe('https://gateway.lighthouse.storage/ipfs/')
  })

  test('shows no secret', async () => {
    const secrets = {
      token_secret_key: 'hush'.repeat(10),
      blockchain_provider_api_key: 'hush',
      private_key_for_metering: 'hush',
      ethereum_json_rpc_http_endpoint: 'https://hush:hush@node.example:8545/v3/hush?hush',
      service_credentials: [{ key: 'api', value: 'hush', location: 'header' }],
      log: { hooks: ['mail'], mail: { password: 'hush', telegram_api_key: 'hush' } },
      hdwallet_mnemonic: 'hush',
    }
    const found = await find({ ...complete, ...secrets })
    expect(JSON.stringify([explain(found), found.problems, found.warnings])).not.toContain('hush')
    expect(explain(found).find(({ key }) => key === 'ethereum_json_rpc_http_endpoint')?.value).toBe(
      'https://node.example:8545/(hidden)',
    )
  })
})

/** Right raw values of each kind that has no shape of its own. */
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  'true or false': fc.constantFrom(true, false, 'true', 'FALSE', '0', 1),
  duration: fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('s', 'm', 'm1.5s'))
    .map(([n, unit]) => `${n}${unit}`),
  path: fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('://')),
  'HOST:PORT': fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 4000 })).map(([host, port]) => `${host}:${port}`),
}
const plain = Object.entries(daemonSchema as Record<string, Field<unknown>>).filter(
  ([key, { type, secret }]) =>
    VALUES[type] && !secret && !['ssl_cert', 'ssl_key', 'payment_channel_storage_type'].includes(key),
)

test('settings as shown, written into a file and read again, are the same settings', async () => {
  const files = fc.record(
    Object.fromEntries(plain.map(([key, { type }]) => [key, VALUES[type] as fc.Arbitrary<unknown>])),
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(files, async (file) => {
      const found = await find({ ...complete, ...file })
      const shown = explain(found).filter(({ value, origin }) => value !== null && origin !== 'default')
      const again = await find(Object.fromEntries(shown.map(({ key, value }) => [key, value])))
      expect(again.config).toEqual(found.config)
    }),
    { numRuns: 60 },
  )
})
