import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Address } from '../../../src/shared/units.js'
import { writePythonSettings } from '../../../src/sandbox/python-clients.js'
import { tempDir } from '../../support/temp-dir.js'

let temp: Awaited<ReturnType<typeof tempDir>>
beforeAll(async () => {
  temp = await tempDir()
})
afterAll(() => temp.remove())

const address = (digit: string): Address => `0x${digit.repeat(40)}` as Address

test('snet-sdk and snet-cli find each value under the name and in the form that they read, in files of ours alone', async () => {
  await writePythonSettings(join(temp.path, 'python'), {
    rpc: 'http://127.0.0.1:8545',
    ipfs: 'http://127.0.0.1:5001',
    contracts: { registry: address('1'), mpe: address('2'), token: address('3') },
    clientKey: '0xc1',
    providerKey: '0xd2',
  })
  const [env, config] = ['.env', '.snet/config'].map((name) => join(temp.path, 'python', name)) as [string, string]
  expect((await readFile(env, 'utf8')).split('\n')).toEqual([
    'SNET_PRIVATE_KEY=0xc1',
    'SNET_ETH_RPC_ENDPOINT=http://127.0.0.1:8545',
    'SNET_IPFS_ENDPOINT=/ip4/127.0.0.1/tcp/5001/http',
    `SNET_REGISTRY_CONTRACT_ADDRESS=${address('1')}`,
    `SNET_MPE_CONTRACT_ADDRESS=${address('2')}`,
    `SNET_TOKEN_CONTRACT_ADDRESS=${address('3')}`,
    '',
  ])
  const sections = (await readFile(config, 'utf8')).split('\n\n')
  expect(sections).toContain('[session]\nnetwork = sandbox\nidentity = client')
  expect(sections).toContain('[ipfs]\ndefault_ipfs_endpoint = /ip4/127.0.0.1/tcp/5001/http')
  expect(
    sections
      .find((text) => text.startsWith('[network.sandbox]'))
      ?.split('\n')
      .slice(1),
  ).toEqual([
    'default_eth_rpc_endpoint = http://127.0.0.1:8545',
    `current_registry_at = ${address('1')}`,
    `current_multipartyescrow_at = ${address('2')}`,
    `current_fetchtoken_at = ${address('3')}`,
  ])
  for (const [name, key] of [
    ['client', '0xc1'],
    ['provider', '0xd2'],
  ])
    expect(sections.find((text) => text.startsWith(`[identity.${name}]`))).toContain(`\nprivate_key = ${key}\n`)
  for (const file of [env, config]) expect((await stat(file)).mode & 0o777).toBe(0o600)
})
