import { expect, test } from 'vitest'
import { SnetError } from '../../../src/shared/errors.js'
import { loadStateService, loadTokenService } from '../../../src/shared/wire/index.js'
import { toServiceError } from '../../../src/shared/wire/grpc/index.js'
import vectors from '../../vectors/signatures.json' with { type: 'json' }

/** Encoded by the reference with the signatures of the vectors (snet-wire 3.3). */
const REQUEST =
  '0a010712411f6152d86719c2676126a68c52d8a328a81df182be654510ee4cb36811dc1fa34bd74b70af832addc7276212261cf597524a414923fdfc638589718c70406cdd1c1887ad4b'
const TOKEN_REQUEST =
  '0807100318e8072241fd8b27ca6acf5cfa832c35c924c9c77f19c969d19c53a8f4aae4e707b19ac3d10d8e3858a7e53fca749059882493810d3522734fca1b5d22b8bdfa2d9e4050011c2887ad4b324176923f76ff014d7009d5e7214323dd420911a89b2541e34ed80681d36a2da1374e48eb6513794e703d247e530c718684f7610c89bee255ea6acb6836cf227ab61c'
const REPLY =
  '0a200000000000000000000000000000000000000000000000000000000000000003122000000000000000000000000000000000000000000000000000000000000003e81a4176923f76ff014d7009d5e7214323dd420911a89b2541e34ed80681d36a2da1374e48eb6513794e703d247e530c718684f7610c89bee255ea6acb6836cf227ab61c'

const { GetChannelState } = loadStateService().service
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const number = (value: number): Buffer => bytes(value.toString(16).padStart(64, '0'))
const signature = (at: number): Buffer => bytes((vectors[at] as { signature: string }).signature)

const request = { channel_id: bytes('07'), signature: signature(1), current_block: '1234567' }
const reply = {
  current_nonce: number(3),
  current_signed_amount: number(1000),
  current_signature: signature(0),
}

test('a request for the state of a channel has the bytes of the reference', () => {
  expect(GetChannelState?.requestSerialize(request).toString('hex')).toBe(REQUEST)
  expect(GetChannelState?.requestDeserialize(bytes(REQUEST))).toEqual(request)
})

test('the state of a channel has the bytes of the reference', () => {
  expect(GetChannelState?.responseSerialize(reply).toString('hex')).toBe(REPLY)
  expect(GetChannelState?.responseDeserialize(bytes(REPLY))).toEqual(reply)
})

test('a request for a token has the bytes of the reference', () => {
  const { GetToken } = loadTokenService().service
  const asked = {
    channel_id: '7',
    current_nonce: '3',
    signed_amount: '1000',
    signature: signature(6),
    current_block: '1234567',
    claim_signature: signature(0),
  }
  expect(GetToken?.requestSerialize(asked).toString('hex')).toBe(TOKEN_REQUEST)
  expect(GetToken?.requestDeserialize(bytes(TOKEN_REQUEST))).toEqual(asked)
})

test('a failure that quotes half a character is one that can be sent', () => {
  const cut = '😀'.slice(0, 1)
  const { details, metadata } = toServiceError(new SnetError('not-found', `no ${cut}`, { hint: `not ${cut}` }))
  expect(details).toBe('no \ufffd')
  expect(metadata?.get('snetd-error-hint')).toEqual(['not%20%EF%BF%BD'])
})
