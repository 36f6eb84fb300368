import { expect, test } from 'vitest'
import { findChannels, readChannel } from '../../../src/wallet/index.js'
import { openProvider } from '../../../src/wallet/network.js'
import { type Address, channelId, type GroupId } from '../../../src/shared/units.js'
import { type Answers, startNode } from '../../support/node-server.js'

const ESCROW = `0x${'1'.repeat(40)}` as Address
const OTHER = `0x${'2'.repeat(40)}` as Address

async function errorOf(answers: Answers, act: (of: Awaited<ReturnType<typeof openProvider>>) => Promise<unknown>) {
  await using node = await startNode(42, answers)
  using chain = await openProvider(node.url)
  return await act(chain).then(
    () => undefined,
    (fault: unknown) => fault,
  )
}

/** What is at the address in place of an escrow contract. */
const places: [name: string, answers: Answers][] = [
  ['nothing', { eth_call: () => '0x' }],
  ['a contract that answers otherwise', { eth_call: () => `0x${'0'.repeat(62)}01ff` }],
  [
    'a contract that knows no channels',
    {
      eth_call: () => {
        throw new Error('execution reverted')
      },
    },
  ],
]

test.each(places)('where there is %s, that is said, and nothing of the library', async (_name, answers) => {
  const none = {
    kind: 'not-found',
    message: `there is no escrow contract at ${ESCROW} on this chain`,
    hint: expect.stringContaining('metadata of the service'),
  }
  const asked = await errorOf(answers, ({ provider }) => readChannel(provider, ESCROW, channelId(7n)))
  expect(asked).toMatchObject(none)
  const query = { mpe: ESCROW, sender: OTHER, recipient: OTHER, groupId: `0x${'3'.repeat(64)}` as GroupId }
  const searched = await errorOf({ ...answers, eth_blockNumber: () => '0x1', eth_getLogs: () => [] }, ({ provider }) =>
    findChannels(provider, query),
  )
  expect(searched).toMatchObject(none)
})
