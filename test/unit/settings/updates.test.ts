import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { applyUpdates, explain, shownSettings, updatesPath, updatesText } from '../../../src/settings/index.js'
import { makeDirectory } from '../../../src/shared/make-directory.js'
import { SnetError } from '../../../src/shared/errors.js'
import { complete, inDirectory } from './harness.js'

const directory = inDirectory()

/** What was changed over the wire before this start. */
async function keep(updates: object | string): Promise<string> {
  const dataDir = directory.path('snetd-data')
  await makeDirectory(dataDir)
  await writeFile(updatesPath(dataDir), typeof updates === 'string' ? updates : updatesText(updates))
  return dataDir
}

const refusal = (act: () => unknown): [string, string] => {
  try {
    act()
  } catch (fault) {
    expect(fault).toBeInstanceOf(SnetError)
    return [(fault as SnetError).kind, (fault as SnetError).message]
  }
  return expect.fail('nothing was refused')
}

test('what was changed ranks between the file and the variable, and is named as the origin', async () => {
  await keep({ rate_limit_per_minute: '90', burst_size: '5', max_message_size_in_mb: '8' })
  const found = await directory.find(
    { ...complete, rate_limit_per_minute: 10, burst_size: 1 },
    { env: { SNET_MAX_MESSAGE_SIZE_IN_MB: '16' } },
  )
  const { rate_limit_per_minute, burst_size, max_message_size_in_mb } = found.config
  expect([rate_limit_per_minute, burst_size, max_message_size_in_mb]).toEqual([90, 5, 16])
  const rows = explain(found)
  const origin = (key: string) => rows.find((row) => row.key === key)?.origin
  expect(origin('burst_size')).toBe('./snetd-data/updated-settings.json')
  expect(origin('max_message_size_in_mb')).toBe('SNET_MAX_MESSAGE_SIZE_IN_MB')
})

test('a changed level leaves the rest of `log` as the file has it', async () => {
  await keep({ 'log.level': 'debug' })
  const { config } = await directory.find({ ...complete, log: { level: 'error', formatter: { type: 'json' } } })
  expect(config.log).toMatchObject({ level: 'debug', format: 'json' })
})

test('an empty text takes a setting of the file away', async () => {
  await keep({ rate_limit_per_minute: '' })
  expect(
    (await directory.find({ ...complete, rate_limit_per_minute: 10 })).config.rate_limit_per_minute,
  ).toBeUndefined()
})

test.each(['{', '[]', '1'])('a file that is cut or spoilt is told, and nothing starts: %s', async (text) => {
  await keep(text)
  const { problems } = await directory.find(complete)
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('updated-settings.json')])
})

test('what else stands in it changes nothing', async () => {
  await keep({ daemon_endpoint: '0.0.0.0:1', blockchain_enabled: 'false', burst_size: 5 })
  const { config, problems } = await directory.find(complete)
  expect([config.daemon_endpoint.port, config.blockchain_enabled, config.burst_size, problems]).toEqual([
    8080,
    true,
    undefined,
    [],
  ])
})

test('changes are applied one and all, and added to those before', async () => {
  await keep({ burst_size: '5' })
  const loaded = await directory.load({ ...complete, notification_endpoint: 'http://127.0.0.1:6' })
  const next = applyUpdates(loaded, {
    rate_limit_per_minute: '60.5',
    'log.level': 'warning',
    alerts_email: 'me@here.org',
  })
  expect(next.config).toMatchObject({ rate_limit_per_minute: 60.5, burst_size: 5, alerts_email: 'me@here.org' })
  expect(next.config.log.level).toBe('warn')
  expect(next.updates).toEqual({
    ...{ burst_size: '5', rate_limit_per_minute: '60.5' },
    ...{ 'log.level': 'warning', alerts_email: 'me@here.org' },
  })
  expect(shownSettings(next)).toMatchObject({ rate_limit_per_minute: '60.5', 'log.level': 'warn' })
})

test.each([
  ['daemon_endpoint', '0.0.0.0:1', 'daemon_endpoint cannot be updated'],
  ['log', '{"level":"debug"}', 'log cannot be updated'],
  ['__proto__', '1', '__proto__ cannot be updated'],
  ['burst_size', '-1', 'burst_size: expected a whole number from 0 to 2147483647, got "-1"'],
  ['rate_limit_per_minute', 'NaN', 'rate_limit_per_minute: expected a number from 0 on, got "NaN"'],
  ['max_message_size_in_mb', '2049', 'max_message_size_in_mb: expected a whole number from 1 to 2048, got "2049"'],
  ['log.level', 'loud', expect.stringMatching(/^log\.level: expected .*level/)],
  ['log.level', '', 'log.level: expected a level, got ""'],
  ['alerts_email', 'a@b,c@d', 'alerts_email: expected one address of e-mail, got "a@b,c@d"'],
])('%s = %s is refused by its name', async (key, value, text) => {
  const loaded = await directory.load({ ...complete, notification_endpoint: 'http://127.0.0.1:6' })
  const changes = Object.fromEntries([
    ['burst_size', '3'],
    [key, value],
  ])
  Object.defineProperty(changes, key, { value, enumerable: true })
  expect(refusal(() => applyUpdates(loaded, changes))).toEqual(['invalid-request', text])
})

test('nobody is named for alerts that go nowhere: the next start would refuse that; to name nobody is fine', async () => {
  const loaded = await directory.load(complete)
  expect(refusal(() => applyUpdates(loaded, { alerts_email: 'me@here.org' }))).toEqual([
    'wrong-state',
    'alerts_email: notification_endpoint is not set, so nobody would be told',
  ])
  expect(applyUpdates(loaded, { alerts_email: '' }).config.alerts_email).toBeUndefined()
})

test('a setting that a variable or a flag has cannot be changed below it', async () => {
  const loaded = await directory.load(complete, { env: { SNET_LOG: 'info' }, flags: { burst_size: '3' } })
  expect(refusal(() => applyUpdates(loaded, { 'log.level': 'debug' }))).toEqual([
    'wrong-state',
    'log.level is set by SNET_LOG, above what is updated',
  ])
  expect(refusal(() => applyUpdates(loaded, { burst_size: '4' }))[1]).toContain('--burst-size')
  expect(refusal(() => applyUpdates(loaded, {}))[0]).toBe('invalid-request')
})

test('nothing secret is among what operators are told', async () => {
  const loaded = await directory.load({
    ...complete,
    service_endpoint: 'http://user:hunter2@127.0.0.1:9',
    ipfs_endpoint: 'https://ipfs.example/KEYINPATH',
    private_key_for_free_calls: 'a'.repeat(64),
    token_secret_key: 'hunter2'.repeat(6),
  })
  const shown = shownSettings(loaded)
  expect(JSON.stringify(shown)).not.toMatch(/hunter2|KEYINPATH|aaaa/)
  expect(shown).toMatchObject({ organization_id: 'ExampleOrg', 'log.level': 'info', blockchain_enabled: 'true' })
})
