import { expect, test } from 'vitest'
import { getNoToken, getToken } from '../../../../src/daemon/api/token-service.js'
import type { PrepaidTokenRequest } from '../../../../src/daemon/payments/index.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { loadTokenService, type OwnMethod } from '../../../../src/shared/wire/index.js'

const { GetToken } = loadTokenService().service

/** What a method answers to one message. */
async function ask(method: OwnMethod, request: object): Promise<unknown> {
  const one = async function* () {
    yield method.decode(GetToken?.requestSerialize(request) as Buffer)
  }
  for await (const reply of method.answer(one(), { metadata: new HeaderList(), signal: new AbortController().signal }))
    return GetToken?.responseDeserialize(method.encode(reply))
  return undefined
}

/** Payments that grant this much, and remember what they were asked. */
const granting = (planned: bigint, used: bigint) => {
  const requests: PrepaidTokenRequest[] = []
  const requestToken = async (request: PrepaidTokenRequest) => {
    requests.push(request)
    return { token: 'a.b.c', planned, used }
  }
  return { requests, requestToken }
}

test('a request is asked as it is sent, and the answer names its channel', async () => {
  const payments = granting(100n, 30n)
  const request = {
    channel_id: '7',
    current_nonce: '3',
    signed_amount: String(2n ** 64n - 1n),
    signature: Buffer.from([1]),
    current_block: '500',
    claim_signature: Buffer.from([2]),
  }
  const reply = { channel_id: '7', token: 'a.b.c', planned_amount: '100', used_amount: '30' }
  expect(await ask(getToken(payments), request)).toEqual(reply)
  const payment = { channel: 7n, nonce: 3n, amount: 2n ** 64n - 1n, signature: Buffer.from([2]) }
  expect(payments.requests).toEqual([{ payment, block: 500n, signature: Buffer.from([1]) }])
})

test('what an empty request does not say is zero or nothing', async () => {
  const payments = granting(0n, 0n)
  await ask(getToken(payments), {})
  const payment = { channel: 0n, nonce: 0n, amount: 0n, signature: new Uint8Array() }
  expect(payments.requests).toEqual([{ payment, block: 0n, signature: new Uint8Array() }])
})

test('amounts larger than the wire has room for are told as the largest there is', async () => {
  expect(await ask(getToken(granting(2n ** 64n, 2n ** 256n)), {})).toMatchObject({
    planned_amount: String(2n ** 64n - 1n),
    used_amount: String(2n ** 64n - 1n),
  })
})

test('where nothing is paid the answer is empty', async () => {
  expect(await ask(getNoToken(), { channel_id: '7' })).toEqual({})
})
