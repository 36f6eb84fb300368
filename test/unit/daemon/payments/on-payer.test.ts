import { expect, test } from 'vitest'
import { reserveEscrow, reserveFreeCall, reservePrepaid } from '../../../../src/daemon/payments/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { channelId } from '../../../../src/shared/units.js'
import { A, FreeCallWorld, KEY_B, proofOf } from '../../../support/free-call-world.js'
import { aTokenRequest, Replica } from './prepaid/replica.js'
import { aPayment, METHOD, sender, signedBy, stranger, World } from './world.js'

/** Somebody who wants to know who pays, and lets nobody go on. */
function aJudge() {
  const told: string[] = []
  const call = {
    method: METHOD,
    cancelled: new Cancellation(),
    quote: async () => expect.unreachable('the service was asked'),
    onPayer: async (payer: string): Promise<void> => {
      told.push(payer)
      throw new SnetError('rate-limited', 'too many')
    },
  }
  return { told, call }
}

test('who pays by a channel is judged once his signature is, before the channel is held and the service asked', async () => {
  const world = new World()
  world.quote = async () => 10n
  const { told, call } = aJudge()
  await expect(reserveEscrow(world.deps, aPayment(), call)).rejects.toThrow('too many')
  expect(told).toEqual([sender])
  expect([world.held.size, world.writes.length]).toEqual([0, 0])
})

test('nobody is judged by what others sign for his channel', async () => {
  const world = new World()
  const { told, call } = aJudge()
  const forged = aPayment({ signature: signedBy(stranger) })
  await expect(reserveEscrow(world.deps, forged, call)).rejects.toThrow('not signed by channel signer/sender')
  expect(told).toEqual([])
})

test('who pays by a token is judged before anything of it is used, and by no other token', async () => {
  const replica = new Replica(new World())
  const { token } = await replica.ask(aTokenRequest(100n))
  const { told, call } = aJudge()
  const shown = { channel: channelId(7n), nonce: undefined }
  await expect(reservePrepaid(replica.deps, { ...shown, token }, call)).rejects.toThrow('too many')
  await expect(reservePrepaid(replica.deps, { ...shown, token: `${token}x` }, call)).rejects.toThrow()
  expect(told).toEqual([sender])
  expect(await replica.usage()).toMatchObject({ used: 0n })
})

test('who calls for free is judged once he has proved it, before he is held', async () => {
  const world = new FreeCallWorld()
  const { told, call } = aJudge()
  const token = await world.token()
  await expect(reserveFreeCall(world.deps, proofOf(world.block, token), call)).rejects.toThrow('too many')
  await expect(reserveFreeCall(world.deps, proofOf(world.block, token, { key: KEY_B }), call)).rejects.toThrow(
    'unauthorized signer',
  )
  expect(told).toEqual([A])
  await world.call(proofOf(world.block, token))
})
