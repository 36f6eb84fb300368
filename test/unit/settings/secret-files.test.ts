import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../src/settings/index.js'
import { credentialKeys, daemonSchema } from '../../../src/settings/daemon-schema.js'
import { readFileSettings } from '../../../src/settings/file-settings.js'
import { secretKeysOf } from '../../../src/settings/secret-files.js'
import { complete, inDirectory } from './harness.js'

const directory = inDirectory()
const SECRET = 'a secret of at least thirty-two bytes'
const KEY = 'ab'.repeat(32)

/** A file for its owner alone, in the directory of the config file. */
async function file(name: string, content = `${SECRET}\n`, mode = 0o600): Promise<string> {
  const path = directory.path(name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  await chmod(path, mode)
  return path
}

const told = ({ problems }: { problems: readonly { message: string }[] }): string[] =>
  problems.map(({ message }) => message)

test('every secret that something reads may lie in a file of its own', () => {
  expect(secretKeysOf(daemonSchema)).toEqual(
    expect.arrayContaining([
      ...['token_secret_key', 'private_key_for_free_calls', 'blockchain_provider_api_key'],
      ...['ethereum_json_rpc_http_endpoint', 'ethereum_json_rpc_ws_endpoint', 'infra_log_target'],
    ]),
  )
  for (const key of secretKeysOf(daemonSchema)) expect(daemonSchema).toHaveProperty(`${key}_file`)
  expect(credentialKeys).toEqual(expect.arrayContaining(['ssl_key', 'infra_token_file', 'token_secret_key']))
})

describe('a secret in a file', () => {
  test('is the value of its key, without the end of its line; a name in a config file counts from there', async () => {
    await file('secrets/token')
    const found = await directory.find({ ...complete, token_secret_key_file: 'secrets/token' })
    expect([told(found), found.warnings]).toEqual([[], []])
    expect(found.config.token_secret_key).toBe(SECRET)
    expect(found.origins['token_secret_key']).toBe(
      'secrets/token, which token_secret_key_file of ./snetd.config.json names',
    )
    expect(JSON.stringify(explain(found))).not.toContain(SECRET)
  })

  test('ranks as what names it: a flag before a variable before the file', async () => {
    const [key, other] = [await file('key', KEY), await file('other', 'cd'.repeat(32))]
    const named = { ...complete, private_key_for_free_calls_file: 'nowhere' }
    const env = { SNET_PRIVATE_KEY_FOR_FREE_CALLS_FILE: other }
    expect((await directory.load(named, { env })).config.private_key_for_free_calls).toBe('cd'.repeat(32))
    const flags = { private_key_for_free_calls_file: key }
    expect((await directory.load(named, { env, flags })).config.private_key_for_free_calls).toBe(KEY)
    const value = { SNET_PRIVATE_KEY_FOR_FREE_CALLS: KEY }
    expect((await directory.load(named, { env: value })).config.private_key_for_free_calls).toBe(KEY)
  })

  test('beside its key in one place is a question', async () => {
    const written = { ...complete, token_secret_key: SECRET, token_secret_key_file: await file('token') }
    expect(told(await directory.find(written))).toEqual([
      'token_secret_key_file: token_secret_key is set there, too; set one of the two (from ./snetd.config.json)',
    ])
    // Generated files hold empty texts for what nobody set.
    expect(told(await directory.find({ ...written, token_secret_key: '' }))).toEqual([])
  })

  test.each([
    ['is not there', async () => directory.path('nowhere'), 'cannot be read: ENOENT'],
    ['is empty', () => file('empty', '\n'), 'is empty'],
    [
      'is no file',
      async () => (await mkdir(directory.path('d'), { mode: 0o700 }), directory.path('d')),
      'cannot be read: EISDIR',
    ],
    ['is far too long', () => file('long', 'x'.repeat(70_000)), 'holds more than 65536 bytes'],
    ['others may read', () => file('open', SECRET, 0o640), 'run "chmod 600'],
  ])('that %s keeps a start away', async (_what, make, words) => {
    const path = await make()
    const [line, ...more] = told(await directory.find({ ...complete, token_secret_key_file: path }))
    expect(more).toEqual([])
    expect(line).toContain(`token_secret_key_file: ${path} `)
    expect(line).toContain(words)
    expect(line).not.toContain(SECRET)
  })

  test('that an orchestrator mounts is warned of where others may read it', async () => {
    const path = await file('credentials/mine', SECRET, 0o644)
    const env = { CREDENTIALS_DIRECTORY: directory.path('credentials') }
    const { config, warnings } = await directory.load({ ...complete, token_secret_key_file: path }, { env })
    expect(config.token_secret_key).toBe(SECRET)
    expect(warnings).toEqual([`token_secret_key_file: others on this host may read ${path}`])
  })

  test('is read by commands beside the daemon, too', async () => {
    await file('node', 'https://node.example/v3/KEY\n')
    const { ethereum_json_rpc_http_endpoint: _, ...others } = complete
    await file('beside.json', JSON.stringify({ ...others, ethereum_json_rpc_http_endpoint_file: 'node' }))
    const at = { path: directory.path('beside.json') }
    const found = await readFileSettings(at, ['ethereum_json_rpc_http_endpoint'])
    expect(found?.raws.ethereum_json_rpc_http_endpoint).toBe('https://node.example/v3/KEY')
    await chmod(directory.path('node'), 0o644)
    await expect(readFileSettings(at, ['ethereum_json_rpc_http_endpoint'])).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringContaining('others on this host may read'),
    })
  })

  test('that changes waits for a restart as its key does', async () => {
    const path = await file('token')
    const loaded = await directory.load({ ...complete, token_secret_key_file: path })
    await writeFile(path, `${SECRET}, and another`)
    expect((await loaded.reread()).raws['token_secret_key']).not.toBe(loaded.raws['token_secret_key'])
  })
})

describe('a credential of systemd', () => {
  const env = () => ({ CREDENTIALS_DIRECTORY: directory.path('credentials') })

  test('by the name of a key is its value, above the config file and below a variable', async () => {
    await file('credentials/token_secret_key', `${SECRET}\n`, 0o440)
    await file('credentials/other', 'of somebody else')
    const written = { ...complete, token_secret_key: 'x'.repeat(32) }
    const { config, origins, warnings } = await directory.load(written, { env: env() })
    expect([config.token_secret_key, origins['token_secret_key'], warnings]).toEqual([
      SECRET,
      'the credential token_secret_key',
      [],
    ])
    const over = { ...env(), SNET_TOKEN_SECRET_KEY: 'y'.repeat(32) }
    expect((await directory.load(written, { env: over })).config.token_secret_key).toBe('y'.repeat(32))
  })

  test('by the name of a key that names a file is that file', async () => {
    const path = await file('credentials/payment_channel_key_path', 'PEM', 0o440)
    const { config } = await directory.find(complete, { env: env() })
    expect(config.payment_channel_key_path).toBe(path)
  })

  test('that cannot be read keeps a start away', async () => {
    await mkdir(directory.path('credentials/token_secret_key'), { recursive: true })
    expect(told(await directory.find(complete, { env: env() }))).toEqual([
      expect.stringMatching(/^token_secret_key: the credential token_secret_key cannot be read: EISDIR/),
    ])
  })
})

describe('a file with a secret that others may read', () => {
  test.each([
    ['service_tls_key', 'refused'],
    ['ssl_key', 'warned of'],
    ['payment_channel_key_path', 'warned of'],
  ])('where %s names it is %s', async (key, fate) => {
    const path = await file('key', 'PEM', 0o644)
    const { problems, warnings } = await directory.find({ ...complete, [key]: path })
    const line = `${key}: others on this host may read ${path}; run "chmod 600 ${path}"`
    const refused = problems.filter(({ message }) => message.includes('others on this host'))
    if (fate === 'refused') expect(refused).toMatchObject([{ key, message: `${line} (from ./snetd.config.json)` }])
    else expect([refused, warnings]).toEqual([[], expect.arrayContaining([line])])
  })

  test('where it has the password of etcd is refused', async () => {
    const client = { endpoints: ['http://127.0.0.1:1'], username: 'u', password_file: await file('pw', 'x', 0o604) }
    expect(told(await directory.find({ ...complete, payment_channel_storage_client: client }))).toEqual([
      expect.stringContaining('payment_channel_storage_client.password_file: others on this host may read'),
    ])
  })

  test('where it is the config file itself is warned of; the URL of a node on this host is no secret', async () => {
    const { warnings } = await directory.find({ ...complete, private_key_for_free_calls: KEY })
    expect(warnings).toEqual([
      expect.stringContaining('the config file, which holds secrets: others on this host may read'),
    ])
    expect((await directory.find(complete)).warnings).toEqual([])
    await chmod(directory.path('snetd.config.json'), 0o600)
    expect((await directory.find({ ...complete, private_key_for_free_calls: KEY })).warnings).toEqual([])
  })
})
