import { expect, test } from 'vitest'
import { prepaidTable } from '../../../../../src/daemon/payments/index.js'
import { dumpBelow, gobVectors } from '../../../../support/gob-vectors.js'

const { shared: layout } = prepaidTable
const dump = dumpBelow('sepolia/acceptance-org/gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA=')
const readDump = (channel: string) => layout.read(layout.keysOf(channel).map((key) => dump.get(key)))

test('what the reference left is found, by each of its keys', () => {
  const channels = [...dump.keys()].flatMap((key) => layout.keyOf(key) ?? [])
  expect(channels).toEqual(['1', '1', '2', '2', '3', '4', '5', '6', '6', '6', '7'])
  const inFlight = new Map()
  expect(readDump('1')).toEqual({ planned: 35n, used: 35n, refunded: 0n, inFlight })
  expect(readDump('3')).toEqual({ planned: 50n, used: 0n, refunded: 0n, inFlight })
  expect(readDump('6')).toEqual({ planned: 14n, used: 21n, refunded: 7n, inFlight })
  expect(readDump('8')).toBeUndefined()
})

test('is written where the reference looks for it, with calls under way beside it', () => {
  const usage = { planned: 30n, used: 20n, refunded: 5n, inFlight: new Map([['a process', 10n]]) }
  expect(layout.keysOf('7')).toEqual([
    '//PrePaid/storage/{ID:7/P}',
    '//PrePaid/storage/{ID:7/U}',
    '//PrePaid/storage/{ID:7/R}',
    '//snetd/prepaid-in-flight/7',
  ])
  expect(layout.read(layout.write(usage))).toEqual(usage)
  expect(layout.read(layout.write({ ...usage, inFlight: new Map() }).slice(0, 3))).toEqual({
    ...usage,
    inFlight: new Map(),
  })
  expect(layout.write(undefined)).toEqual([undefined, undefined, undefined, undefined])
  // The reference keeps nothing where nothing was refunded, and nothing is in flight.
  expect(layout.write({ planned: 1n, used: 1n, refunded: 0n, inFlight: new Map() }).slice(2)).toEqual([
    undefined,
    undefined,
  ])
})

test.each(gobVectors().filter(({ type }) => type === 'PrePaidData'))(
  'reads an amount of Go: $name',
  ({ bytes, value }) => {
    const read = () => layout.read([bytes, undefined, undefined, undefined])?.planned
    if (value['Amount'] === '-1') expect(read).toThrow('negative')
    else expect(read()).toBe(BigInt((value['Amount'] as string | null) ?? 0))
  },
)

test.each(['{}', '[]', '{"version":2,"processes":[]}', '{"version":1,"processes":[["a","-1"]]}', 'x'])(
  'what is in flight is read or is damage: %s',
  (text) => {
    expect(() => layout.read([undefined, undefined, undefined, Buffer.from(text)])).toThrow()
  },
)

test('other keys are of no channel', () => {
  for (const key of ['{ID:1/X}', '{ID:1/PU}', '{ID: 1/P}', '{ID:x/P}', '1/P'])
    expect(layout.keyOf(`//PrePaid/storage/${key}`)).toBeUndefined()
  expect(layout.keyOf('//snetd/prepaid-in-flight/1')).toBeUndefined()
})
