import { expect, test } from 'vitest'
import { channelLines, claimLines } from '../../../src/client/kept-lines.js'
import { renderKeptChannels, renderKeptClaims } from '../../../src/client/render/kept.js'

const bytes = Buffer.alloc(65, 7)
const base64 = bytes.toString('base64')

test('channels are told in the words of the existing daemon, by their numbers; one of which nothing is kept is not', () => {
  const kept = { nonce: '2', sender: '0xA', signer: '0xB', recipient: '0xC', value: '100', expiration: '9' }
  const channel = { ...kept, authorized: '30', group_id: Buffer.alloc(32, 1), signature: bytes }
  const text = channelLines([
    { ...channel, channel: '10' },
    { channel: '8', hold: { by: 'a call', since: '0' } },
    { ...channel, channel: '9', signature: Buffer.alloc(0) },
  ])
  const line = (id: number, signature: string): string =>
    `${id}: {ChannelID: ${id}, Nonce: 2, State: Open, Sender: 0xA, Recipient: 0xC, ` +
    `GroupId: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=, FullAmount: 100, Expiration: 9, Signer: 0xB, ` +
    `AuthorizedAmount: 30, Signature: ${signature}`
  expect(text).toBe(`${line(9, '')}\n${line(10, base64)}`)
})

test('claims are told in the words of the existing daemon, by their numbers', () => {
  const claim = { channel: '9', amount: '30', signature: bytes }
  const line = (nonce: number): string =>
    `9/${nonce}: {MpeContractAddress: 0xE, ChannelID: 9, ChannelNonce: ${nonce}, Amount: 30, Signature: ${base64}}`
  const claims = [
    { ...claim, nonce: '10' },
    { ...claim, nonce: '2' },
  ]
  expect(claimLines(claims, '0xE')).toBe(`${line(2)}\n${line(10)}`)
})

test('where nothing is kept, the words of the existing daemon say so', () => {
  expect([renderKeptChannels([]), renderKeptClaims([])]).toEqual([
    'no channels in shared storage',
    'no claims in shared storage',
  ])
})
