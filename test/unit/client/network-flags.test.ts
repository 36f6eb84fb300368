import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { resolveNetwork } from '../../../src/client/network-flags.js'
import { tempDir } from '../../support/temp-dir.js'

let directory: string
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

const flags = { rpc: 'http://127.0.0.1:1', registry: `0x${'1'.repeat(40)}`, ipfs: 'http://127.0.0.1:2' }

test('flags alone are enough; Lighthouse has a default and redirects are off', async () => {
  expect(await resolveNetwork(flags)).toEqual({
    ...flags,
    lighthouse: 'https://gateway.lighthouse.storage/ipfs/',
    redirects: false,
    group: undefined,
  })
})

test.each(['0x1234…abcd', '0x1234', 'registry.eth'])('%s is no address of a Registry', async (registry) => {
  await expect(resolveNetwork({ ...flags, registry })).rejects.toMatchObject({
    kind: 'invalid-request',
    message: expect.stringContaining(`--registry: "${registry}" is not an address`),
  })
})

test('a config file of a daemon says the rest, and a flag beats it', async () => {
  const config = join(directory, 'snetd.config.json')
  const settings = {
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:3',
    registry_address_key: flags.registry,
    ipfs_endpoint: 'http://127.0.0.1:4',
    lighthouse_endpoint: 'http://127.0.0.1:5/ipfs/',
    metadata_redirects: true,
    daemon_group_name: 'a_group',
  }
  await writeFile(config, JSON.stringify(settings))
  expect(await resolveNetwork({ config, lighthouse: 'http://127.0.0.1:6/' })).toEqual({
    rpc: 'http://127.0.0.1:3',
    registry: flags.registry,
    ipfs: 'http://127.0.0.1:4',
    lighthouse: 'http://127.0.0.1:6/',
    redirects: true,
    group: 'a_group',
  })
})

test('several nodes of a config file are all of them taken over', async () => {
  const config = join(directory, 'snetd.config.json')
  const nodes = ['http://127.0.0.1:3', 'http://127.0.0.1:4']
  await writeFile(config, JSON.stringify({ ethereum_json_rpc_http_endpoint: nodes }))
  expect((await resolveNetwork({ ...flags, rpc: undefined, config })).rpc).toBe(nodes.join(','))
})

describe('a config file means to a caller what it means to its daemon', () => {
  const networkOf = async (settings: object) => {
    const config = join(directory, 'snetd.config.json')
    await writeFile(config, JSON.stringify(settings))
    return await resolveNetwork({ config, rpc: flags.rpc })
  }

  test.each(['1', 'T', 1, true])('metadata_redirects: %j is true', async (redirects) => {
    expect((await networkOf({ metadata_redirects: redirects })).redirects).toBe(true)
  })

  test('what the network implies, and the defaults, count too', async () => {
    expect(await networkOf({ blockchain_network_selected: 'local' })).toMatchObject({
      registry: '0x4e74fefa82e83e0964f0d9f53c68e03f7298a8b2',
      ipfs: 'https://ipfs.singularitynet.io:443',
      group: 'default_group',
      redirects: false,
    })
  })

  test('a wrong setting is named with its key', async () => {
    await expect(networkOf({ registry_address_key: 'here' })).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringContaining('registry_address_key: expected an address'),
    })
  })
})
