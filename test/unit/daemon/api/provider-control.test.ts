import { expect, test } from 'vitest'
import { providerMethods } from '../../../../src/daemon/api/provider-control.js'
import type { Claims, StartClaim, StartClaims } from '../../../../src/daemon/payments/index.js'
import { startClaimMessage } from '../../../../src/ethereum/index.js'
import { type Address, blockNumber, channelId, channelNonce } from '../../../../src/shared/units.js'
import { aClaim } from '../../../support/channel-builders.js'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** snet-wire 3.3. */
const START_CLAIM =
  '0a2a3078354662444232333135363738616665636233363766303332643933463634326636343138306161331201071a41' +
  '80b68f3e575844837bdfa2d10797588aea40f2e903f52dc9f2e938d68f24fa903b537032ebd8027466efb781caad464e40b0ccd06f3a0099feadb71db52a62da1b'

async function answer(claims: Partial<Claims> | undefined, method: string, request: Buffer): Promise<Buffer> {
  const found = providerMethods(claims as Claims | undefined).find(({ path }) => path.endsWith(`/${method}`))
  if (!found) throw new Error(`no method ${method}`)
  async function* requests() {
    yield found?.decode(request)
  }
  const context = { metadata: { first: () => undefined, all: () => [] }, signal: new AbortController().signal }
  for await (const reply of found.answer(requests(), context)) return found.encode(reply)
  throw new Error('no answer')
}

test('the start of a claim is read as clients write it, and answered with what the escrow contract wants', async () => {
  let asked: StartClaim | undefined
  const claim = aClaim()
  const start = async (request: StartClaim) => ((asked = request), claim)
  const reply = await answer({ start }, 'StartClaim', hex(START_CLAIM))
  expect(asked).toEqual({
    mpe: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
    channel: 7n,
    sendback: false,
    signature: hex(START_CLAIM.slice(-130)),
  })
  const [seven, three, ten] = [7, 3, 10].map((n) => n.toString(16).padStart(64, '0'))
  expect(reply.toString('hex')).toBe(`0a20${seven}1220${three}1a20${ten}2241${'1b'.repeat(65)}`)
})

test('a claim that sends back what is left says so in a field and in what is signed', async () => {
  let asked: StartClaim | undefined
  const start = async (request: StartClaim) => ((asked = request), { ...aClaim(), sendback: true })
  const reply = await answer({ start }, 'StartClaim', hex(`${START_CLAIM}7801`))
  expect(asked?.sendback).toBe(true)
  expect(reply.toString('hex').endsWith('7801')).toBe(true)
  const about = { channel: channelId(7n), nonce: channelNonce(3n) }
  const mpe = asked?.mpe as Address
  expect(Buffer.from(startClaimMessage(mpe, { ...about, sendback: true })).toString()).toMatch(
    /^__start_claim_sendback/,
  )
  expect(Buffer.from(startClaimMessage(mpe, about)).toString()).not.toContain('sendback')
})

test('many ids come in the order of the request, and the largest is exact', async () => {
  let asked: StartClaims | undefined
  const startMany = async (request: StartClaims) => ((asked = request), [aClaim()])
  await answer({ startMany }, 'StartClaimForMultipleChannels', hex('120c0902ffffffffffffffffff01'))
  expect(asked?.channels).toEqual([9n, 2n, 2n ** 64n - 1n])
})

test('what is unclaimed is told without a signature, what is in progress with it', async () => {
  const { signature, ...told } = aClaim()
  const expiration = blockNumber(10_000n)
  const unclaimed = await answer({ unclaimed: async () => [{ ...told, expiration }] }, 'GetListUnclaimed', hex(''))
  const inProgress = await answer(
    { inProgress: async () => [{ ...aClaim(), expiration }] },
    'GetListInProgress',
    hex(''),
  )
  const has = (reply: Buffer) => reply.includes(Buffer.from(signature))
  expect([has(unclaimed), has(inProgress)]).toEqual([false, true])
})

test('a channel id of more than 32 bytes is refused', async () => {
  await expect(answer({}, 'StartClaim', hex(`1221${'01'.repeat(33)}`))).rejects.toMatchObject({
    kind: 'invalid-request',
    message: 'channel_id has 33 bytes, a channel id has at most 32',
  })
})

test.each(['GetListUnclaimed', 'GetListInProgress', 'StartClaim', 'StartClaimForMultipleChannels'])(
  'where calls are not paid, %s is answered with nothing',
  async (method) => {
    expect(await answer(undefined, method, hex(''))).toHaveLength(0)
  },
)
