import { describe, expect, test } from 'vitest'
import { changesOf, type KeptState } from '../../../src/client/kept-watch/changes.js'
import { renderChange } from '../../../src/client/kept-watch/render-change.js'
import { KeptScreen } from '../../../src/client/kept-watch/screen.js'
import { keptChannelView, keptClaimView } from '../../../src/client/render/kept.js'
import { outputFaults } from '../../support/output-schema.js'

const aChannel = (changes: Parameters<typeof keptChannelView>[0] = {}) =>
  keptChannelView({
    ...{ channel: '7', nonce: '0', authorized: '30', value: '1000', expiration: '900' },
    ...{ sender: '0xA', signer: '0xA', recipient: '0xB' },
    ...changes,
  })
const aClaim = { ...keptClaimView({ channel: '7', nonce: '0', amount: '30' }) }
const state = (changes: Partial<KeptState> = {}): KeptState => ({
  channels: [aChannel()],
  claims: [],
  block: 100n,
  ...changes,
})

describe('what has changed', () => {
  const most = (10n ** 30n).toString()
  test.each<[string, KeptState | undefined, KeptState, string[]]>([
    [
      'the beginning',
      undefined,
      state(),
      ['channel 7: 30 cogs signed under nonce 0, funds 1000 cogs, until block 900'],
    ],
    ['nothing', state(), state({ block: 101n }), []],
    ['a call that is under way', state(), state({ channels: [aChannel({ hold: { by: 'a call', since: '0' } })] }), []],
    [
      'a call on a channel of which nothing is kept',
      state(),
      state({ channels: [aChannel(), keptChannelView({ channel: '8', hold: { by: 'a call', since: '0' } })] }),
      [],
    ],
    [
      'a payment',
      state(),
      state({ channels: [aChannel({ authorized: '45' })] }),
      ['channel 7: 15 cogs more signed, 45 under nonce 0'],
    ],
    [
      'a payment of very much',
      state(),
      state({ channels: [aChannel({ authorized: most })] }),
      [`channel 7: ${BigInt(most) - 30n} cogs more signed, ${most} under nonce 0`],
    ],
    [
      'funds, and a later end',
      state(),
      state({ channels: [aChannel({ value: '2000', expiration: '950' })] }),
      ['channel 7: now funds 2000 cogs, until block 950'],
    ],
    [
      'a claim that begins, and a payment after it',
      state(),
      state({ channels: [aChannel({ nonce: '1', authorized: '10', value: '970' })], claims: [aClaim] }),
      ['channel 7: claim of 30 cogs under nonce 0 begun', 'channel 7: 10 cogs more signed, 10 under nonce 1'],
    ],
    [
      'a claim that the chain has settled',
      state({ claims: [aClaim] }),
      state(),
      ['channel 7: claim of 30 cogs under nonce 0 settled'],
    ],
    [
      'an end that is reached with money on it, once',
      state({ block: 899n }),
      state({ block: 900n }),
      ['channel 7: expired at block 900 with 30 cogs not claimed'],
    ],
    ['an end that was reached', state({ block: 900n }), state({ block: 901n }), []],
    [
      'an end that is reached with nothing on it',
      state({ channels: [aChannel({ authorized: '0' })], block: 899n }),
      state({ channels: [aChannel({ authorized: '0' })], block: 900n }),
      [],
    ],
  ])('%s', (_name, before, now, lines) => {
    const changes = changesOf(before, now)
    expect(changes.map(renderChange)).toEqual(lines)
    for (const change of changes) {
      expect(outputFaults('channel:watch', { time: new Date().toISOString(), ...change })).toEqual([])
    }
  })
})

describe('the screen', () => {
  const many = Array.from({ length: 50 }, (_, i) => aChannel({ channel: String(i), sender: '0x'.padEnd(42, 'a') }))

  test.each([
    [30, 10],
    [80, 24],
    [200, 60],
    [40, 5],
  ])('of %i columns and %i lines is never left', (width, height) => {
    const screen = new KeptScreen()
    screen.update(state({ channels: many, claims: [aClaim] }), ['42'])
    const lines = screen.lines({ width, height }, 'a note '.repeat(100))
    expect(lines.length).toBeLessThan(height)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
    expect(lines.some((line) => /^ *42\b/.test(line))).toBe(true)
  })

  test('shows those that changed last where there is no room for all, in their order', () => {
    const screen = new KeptScreen()
    screen.update(
      state({ channels: many }),
      many.map(({ channel }) => channel),
    )
    screen.update(state({ channels: many }), ['48', '5'])
    const shown = screen.lines({ width: 120, height: 8 }).map((line) => /^ *(\d+) /.exec(line)?.[1])
    expect(shown.filter((id) => id !== undefined)).toEqual(['5', '48'])
  })

  test('has money signed and in claims, what is left before the end, and never fewer lines than before', () => {
    const screen = new KeptScreen()
    screen.update(state({ claims: [aClaim] }), ['7'])
    const first = screen.lines({ width: 120, height: 24 }, 'a note')
    expect(first).toEqual([
      'channel  nonce  signed (cogs)  in claims (cogs)  funds (cogs)  expires in (blocks)  busy',
      expect.stringMatching(/^─/),
      '      7      0             30                30          1000                  800',
      'block 100: 30 cogs signed and not claimed, 30 in claims that wait for the chain',
      'a note',
    ])
    screen.update(state({ channels: [] }), [])
    const next = screen.lines({ width: 120, height: 24 })
    expect(next).toHaveLength(first.length)
    expect(next[0]).toBe('no channels in shared storage')
  })
})
