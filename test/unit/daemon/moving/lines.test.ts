import { describe, expect, test } from 'vitest'
import { channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'
import { aKeptStore, importInto, linesOf, storeIdentity } from '../../../support/kept-stores.js'

async function anExport(): Promise<string[]> {
  const { store, storage } = aKeptStore()
  await using hold = await storage.channels.hold(aRecord().id)
  const signature = new Uint8Array(65).fill(1)
  await hold.commit({
    channel: aRecord({ nonce: channelNonce(4n), authorized: cogs(5n), signature }),
    claim: aClaim(),
  })
  return await linesOf(store)
}

/** What a fresh store says of these lines, and that nothing of it was written by the rehearsal. */
async function refusal(lines: readonly string[]): Promise<string> {
  const { store, storage } = aKeptStore()
  const said = await importInto(store, lines, { dryRun: true }).then(
    () => 'taken',
    (fault: Error) => fault.message,
  )
  expect(await storage.count()).toBe(0)
  return said
}

describe('an export', () => {
  test('says whose it is, what is in it, and how much money', async () => {
    const lines = await anExport()
    expect(lines).toHaveLength(4)
    expect(JSON.parse(lines[0] as string)).toEqual({
      ...{ export: 'snetd payments', version: 1, ...storeIdentity, backend: 'memory' },
      time: '1970-01-01T00:00:00.000Z',
    })
    expect(JSON.parse(lines[2] as string)).toEqual({
      ...{ record: 'claim', key: '7/3', channel: '7', nonce: '3', amount: '10', signature: '1b'.repeat(65) },
    })
    expect(JSON.parse(lines[3] as string)).toEqual({
      ...{ end: true, records: { channel: 1, claim: 1 }, signed: '5', claims: '10', total: '15' },
    })
  })

  test.each([
    ['cut', (lines: string[]) => lines.slice(0, -1), /its last line is missing/],
    [
      'cut within a line',
      (lines: string[]) => [...lines.slice(0, 2), lines[2]?.slice(0, 40) ?? ''],
      /line 3 .* no record/,
    ],
    [
      'without a record',
      ([head, _channel, ...rest]: string[]) => [head ?? '', ...rest],
      /counts 1 records of "channel", but has 0/,
    ],
    [
      'with another amount',
      (lines: string[]) => lines.map((line) => line.replace('"authorized":"5"', '"authorized":"6"')),
      /total of 15 cogs, but has 16/,
    ],
    [
      'with another key',
      (lines: string[]) => lines.map((line) => line.replace('"key":"7"', '"key":"8"')),
      /line 2 .*its key is another record/,
    ],
    [
      'with a damaged field',
      (lines: string[]) => lines.map((line) => line.replace('"nonce":"4"', '"nonce":"four"')),
      /line 2 .*channel 7: field nonce is damaged/,
    ],
    [
      'with records of no known kind',
      (lines: string[]) => [...lines.slice(0, 2), '{"record":"x","key":"1"}', ...lines.slice(2)],
      /"x" is no kind of record/,
    ],
    ['with lines after its end', (lines: string[]) => [...lines, lines[1] ?? ''], /after the end/],
    [
      'of a later version',
      (lines: string[]) => lines.map((line) => line.replace('"version":1', '"version":2')),
      /has version 2, known is 1/,
    ],
    ['that is none', () => ['{"a": 1}'], /no export of payments/],
    ['that is empty', () => [], /no export of payments/],
  ])('%s is refused', async (_what, change, said) => {
    expect(await refusal(change(await anExport()))).toMatch(said)
  })

  test.each([
    ['network', 'sepolia'],
    ['organization', 'Another'],
    ['group', 'AAA='],
    ['mpe', `0x${'11'.repeat(20)}`],
  ] as const)('of another %s is refused', async (part, other) => {
    const lines = (await anExport()).map((line) => line.replace(storeIdentity[part], other))
    expect(await refusal(lines)).toBe(
      `the export holds payments of another identity: ${part} ${other} → ${storeIdentity[part]}`,
    )
  })

  test('may spell the escrow contract otherwise, and have its claims first', async () => {
    const [head = '', channel = '', claim = '', end = ''] = await anExport()
    const { store, storage } = aKeptStore()
    await importInto(store, [head.replace(storeIdentity.mpe, storeIdentity.mpe.toLowerCase()), claim, channel, end])
    expect(await storage.channels.readClaim(aRecord().id, channelNonce(3n))).toMatchObject({ amount: 10n })
  })

  test('shows names of any script in plain letters', async () => {
    const identity = { ...storeIdentity, organization: 'Ōrg\u202e' }
    const { store } = aKeptStore({ identity })
    const [head = ''] = await linesOf(store)
    expect(head).toContain('"organization":"\\u014crg\\u202e"')
    expect(await importInto(aKeptStore({ identity }).store, await linesOf(store))).toMatchObject({
      left_out_in_all: '0',
    })
  })
})
