import { expect, test } from 'vitest'
import { openProvider } from '../../../src/wallet/network.js'
import { startNode } from '../../support/node-server.js'

test('of several nodes the first that answers is used for all of a command', async () => {
  await using first = await startNode(5)
  await using second = await startNode(5, { eth_blockNumber: () => '0x2' })
  first.answer({ eth_blockNumber: () => '0x1' })
  using both = await openProvider(`${first.url},${second.url}`)
  expect([both.chainId, await both.provider.getBlockNumber()]).toEqual([5n, 1])
  using left = await openProvider(`http://127.0.0.1:1/,${second.url}`)
  expect([left.chainId, await left.provider.getBlockNumber()]).toEqual([5n, 2])
})

test('nodes of different chains are refused, and so are those of which none answers', async () => {
  await using first = await startNode(5)
  await using second = await startNode(6)
  await expect(openProvider(`${first.url},${second.url}`)).rejects.toMatchObject({
    kind: 'invalid-config',
    message: expect.stringMatching(/127\.0\.0\.1:\d+ chain 5, 127\.0\.0\.1:\d+ chain 6$/) as string,
  })
  await expect(openProvider('http://127.0.0.1:1/,http://127.0.0.1:2/')).rejects.toMatchObject({ kind: 'unavailable' })
})
