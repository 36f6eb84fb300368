import { expect, test } from 'vitest'
import { daemonSchema, explain, type FoundSettings } from '../../../src/settings/index.js'
import { complete, inDirectory } from './harness.js'

const directory = inDirectory()
const [USER, PASSWORD, TOKEN] = ['canary-user', 'canary-password', 'canary-token']
const keys = Object.keys(daemonSchema)

/** Ways to write a URL with secrets in it, right and wrong. */
const written: [name: string, value: unknown][] = [
  ['a URL', `http://${USER}:${PASSWORD}@host.example:1/?key=${TOKEN}`],
  ['a URL with a user alone', `https://${TOKEN}@host.example`],
  ['a URL whose password is not escaped', `http://${USER}:${PASSWORD}/@${PASSWORD}@host.example/`],
  ['one of a scheme that is not taken', `ftp://${USER}:${PASSWORD}@host.example`],
  ['a list of them', [`http://${USER}:${PASSWORD}@host.example`]],
  ['an object of them', { endpoints: [`http://${USER}:${PASSWORD}@host.example`], deep: { password: PASSWORD } }],
]

/** Whatever is told of the settings that has a secret in it. */
const leaks = (found: FoundSettings, secret = /canary/): string[] =>
  [...explain(found), ...found.problems, ...found.warnings]
    .map((told) => JSON.stringify(told))
    .filter((told) => secret.test(told))

test.each(written)('neither value, problem nor warning of any key tells the secrets of %s', async (_name, value) => {
  for (const key of keys) {
    const found = await directory.find({ ...complete, [key]: value })
    expect(leaks(found)).toEqual([])
  }
})

test('nor where they are written as JSON in a variable', async () => {
  const json = JSON.stringify([{ key: 'a', value: TOKEN, url: `http://${USER}:${PASSWORD}@host.example` }])
  for (const key of keys) {
    for (const text of [json, json.slice(0, -1)]) {
      const found = await directory.find({}, { env: { [`SNET_${key.toUpperCase()}`]: text } })
      const { isStructured } = daemonSchema[key as keyof typeof daemonSchema] as { isStructured?: boolean }
      // Where no JSON is expected, only URLs are known for what they are.
      expect(leaks(found, isStructured ? /canary/ : /canary-(?:user|password)/)).toEqual([])
    }
  }
})

test('nor those of an address without a scheme, where an address is wanted', async () => {
  for (const key of keys) {
    if (!['URL', 'HOST:PORT'].includes(daemonSchema[key as keyof typeof daemonSchema].type)) continue
    expect(leaks(await directory.find({ ...complete, [key]: `${USER}:${PASSWORD}@host.example:1` }))).toEqual([])
  }
})

test('what is left says which host is meant', async () => {
  const found = await directory.find({
    service_endpoint: 'http://user:pw@service.example:5000',
    ethereum_json_rpc_http_endpoint: 'https://user:pw@node.example/v3/KEY',
    ipfs_endpoint: 'http://ipfs.example:8080',
    notification_endpoint: 'https://alerts.example/hook?token=x',
    alerts_email: 'ops@example.com',
  })
  const shown = Object.fromEntries(explain(found).map(({ key, value }) => [key, value]))
  expect(shown).toMatchObject({
    service_endpoint: 'http://(hidden)@service.example:5000',
    ethereum_json_rpc_http_endpoint: 'https://node.example/(hidden)',
    ipfs_endpoint: 'http://ipfs.example:8080',
    notification_endpoint: 'https://alerts.example/hook?(hidden)',
    alerts_email: 'ops@example.com',
  })
})
