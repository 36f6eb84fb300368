import { describe, expect, test } from 'vitest'
import { explain } from '../../../src/settings/index.js'
import { complete, inDirectory, problemsOf } from './harness.js'

const { find: findIt, load } = inDirectory()

describe('ethereum_json_rpc_http_endpoint', () => {
  const key = 'ethereum_json_rpc_http_endpoint'
  const two = ['https://a.example/v3/KEY,1', 'http://b.example:8545/']

  test.each([
    ['one', 'https://a.example/', ['https://a.example/']],
    ['a list', two, two],
    ['a text with commas', two.join(', '), two],
  ])('may be %s', async (_what, raw, hrefs) => {
    expect((await load({ ...complete, [key]: raw })).config[key].map(({ href }) => href)).toEqual(hrefs)
    if (typeof raw !== 'string') return
    const env = { SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: raw }
    expect((await load(complete, { env })).config[key].map(({ href }) => href)).toEqual(hrefs)
  })

  test.each([
    ['none', [], '1 to 8 URLs'],
    ['one that is none', ['https://a.example', 'nowhere'], 'a URL with http:// or https://'],
    ['the same twice', ['https://a.example', 'https://a.example/'], 'URLs that are all different'],
    ['too many', Array.from({ length: 9 }, (_, at) => `http://n${at}`), '1 to 8 URLs'],
  ])('may not be %s', async (_what, raw, expected) => {
    expect(await problemsOf(load({ ...complete, [key]: raw }))).toEqual([
      expect.stringMatching(new RegExp(`^${key}: expected ${expected}`)),
    ])
  })

  test('shows nothing but hosts', async () => {
    const found = await findIt({ ...complete, [key]: two })
    expect(JSON.stringify(explain(found))).not.toContain('KEY')
  })
})
