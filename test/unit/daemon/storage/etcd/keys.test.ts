import { expect, test } from 'vitest'
import { createKeys, LOCKED, UNLOCKED } from '../../../../../src/daemon/storage/etcd/keys.js'
import { channelId, channelNonce } from '../../../../../src/shared/units.js'
import { etcdDump } from '../../../../support/gob-vectors.js'

const keys = createKeys({
  network: 'sepolia',
  organization: 'acceptance-org',
  group: 'gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA=',
  mpe: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
})

test('every channel, lock and claim that the reference left lies where we look for it', () => {
  const found = { channels: 0, locks: 0, claims: 0 }
  for (const { key, text } of etcdDump()) {
    if (key.startsWith(keys.locks)) expect([LOCKED, UNLOCKED]).toContain(text)
    const channel = keys.channelOf(key)
    if (channel !== undefined) {
      expect([keys.channel(channel), keys.lock(channel)]).toContain(key)
      found[key.startsWith(keys.channels) ? 'channels' : 'locks']++
    }
    const claim = keys.claimOf(key)
    if (claim) {
      expect(keys.claim(claim.channel, claim.nonce)).toBe(key)
      found.claims++
    }
    expect(key.startsWith(`${keys.base}/`)).toBe(true)
    expect(key.startsWith(keys.own)).toBe(false)
  }
  expect(found).toEqual({ channels: 16, locks: 16, claims: 1 })
})

test('keys are those of the reference, braces and spaces included', () => {
  const base = 'sepolia/acceptance-org/gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA='
  const ofContract = `${base}/0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512/`
  expect(keys.channel(channelId(7n))).toBe(`${ofContract}/payment-channel/storage/{ID: 7}`)
  expect(keys.lock(channelId(7n))).toBe(`${ofContract}/payment-channel/lock/{ID: 7}`)
  expect(keys.claim(channelId(7n), channelNonce(3n))).toBe(`${ofContract}/payment/storage/7/3`)
})

test.each(['{ID: 07}', '{ID:7}', '{ID: 7', '{ID: }', '{ID: 7}x', '{ID: -1}', `{ID: ${2n ** 256n}}`, '7/3', ''])(
  'what is no channel is none: %j',
  (rest) => {
    expect(keys.channelOf(keys.channels + rest)).toBeUndefined()
  },
)

test.each(['7', '7/', '7/3/1', '07/3', '7/03', '{ID: 7}', `${2n ** 256n}/0`, ''])(
  'what is no claim is none: %j',
  (rest) => {
    expect(keys.claimOf(keys.claims + rest)).toBeUndefined()
  },
)
