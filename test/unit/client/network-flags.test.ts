import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveNetwork } from '../../../src/client/network-flags.js'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-network-'))
})
afterAll(() => rm(directory, { recursive: true }))

const flags = { rpc: 'http://127.0.0.1:1', registry: `0x${'1'.repeat(40)}`, ipfs: 'http://127.0.0.1:2' }

test('flags alone are enough; Lighthouse has a default and redirects are off', async () => {
  expect(await resolveNetwork(flags)).toEqual({
    ...flags,
    lighthouse: undefined,
    redirects: false,
    group: undefined,
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
