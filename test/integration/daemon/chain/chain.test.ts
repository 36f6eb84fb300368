import { expect, test } from 'vitest'
import { type ChainConfig, openChain } from '../../../../src/daemon/chain/index.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import type { SnetError } from '../../../../src/shared/errors.js'
import { type NodeServer, startNode } from '../../../support/node-server.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const registry = toAddress(`0x${'11'.repeat(20)}`)
const config = (node: NodeServer, changes: Partial<ChainConfig> = {}): ChainConfig => ({
  network: 'local',
  chainId: 42,
  rpcUrl: node.url,
  registry,
  pollIntervalMs: 20,
  staleLimitMs: 60_000,
  timeoutMs: 2_000,
  ...changes,
})

const refusal = async (opening: Promise<unknown>): Promise<SnetError> =>
  await opening.then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => fault,
  )

test('a local network on another chain id is served, with a warning', async () => {
  await using node = await startNode(31_337)
  const lines: string[] = []
  await using chain = await openChain(config(node), { log: quietLog(lines) })
  expect(lines).toEqual([`the node at ${new URL(node.url).host} serves chain 31337, network "local" is chain 42`])
  expect(chain.blocks.current()).toBe(100n)
})

test('the node of another chain than the network’s is refused', async () => {
  await using node = await startNode(1)
  const { kind, message, hint } = await refusal(
    openChain(config(node, { network: 'sepolia', chainId: 11_155_111 }), { log: quietLog() }),
  )
  expect(kind).toBe('invalid-config')
  expect(message).toContain('serves chain 1, network "sepolia" is chain 11155111')
  expect(hint).toContain('blockchain_network_selected')
})

test('a network of the user’s own may have any chain id', async () => {
  await using node = await startNode(777)
  const lines: string[] = []
  await using _chain = await openChain(config(node, { network: 'mine', chainId: undefined }), { log: quietLog(lines) })
  expect(lines).toEqual([])
})

test('blocks are followed by polling', async () => {
  await using node = await startNode(42)
  await using chain = await openChain(config(node), { log: quietLog() })
  node.answer({
    eth_getBlockByNumber: () => ({ number: '0x65', hash: `0x${'65'.repeat(32)}`, parentHash: `0x${'64'.repeat(32)}` }),
  })
  await until('block 101 is known', () => chain.blocks.current() === 101n)
})

test.each([
  ['no block', () => null],
  ['a block without a number', () => ({ hash: '0x', parentHash: '0x' })],
  ['a number that is none', () => ({ number: 'many', hash: '0x', parentHash: '0x' })],
  ['text', () => 'block'],
])('a node that answers %s is told by its host, and never by the path of its URL', async (_what, answer) => {
  await using node = await startNode(42, { eth_getBlockByNumber: answer })
  const { kind, message } = await refusal(
    openChain(config(node, { rpcUrl: `${node.url}/v3/secret-key` }), { log: quietLog() }),
  )
  expect(kind).toBe('unavailable')
  expect(message).toContain(`the Ethereum node at ${new URL(node.url).host} did not answer eth_getBlockByNumber`)
  expect(message).not.toContain('secret-key')
})

test('a Registry that answers nonsense is told by address and host', async () => {
  await using node = await startNode(42, { eth_call: () => '0x' })
  await using chain = await openChain(config(node, { rpcUrl: `${node.url}/v3/secret-key` }), { log: quietLog() })
  const { kind, message } = await refusal(chain.registry.organizationUri('org'))
  expect(kind).toBe('unavailable')
  expect(message).toContain(`the Registry at ${registry} could not be read from ${new URL(node.url).host}`)
  expect(message).not.toContain('secret-key')
})
