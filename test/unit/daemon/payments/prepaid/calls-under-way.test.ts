import { describe, expect, it } from 'vitest'
import { prepaidTable, Usages } from '../../../../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedTables } from '../../../../../src/daemon/storage/owned-tables.js'
import { Cancellation } from '../../../../../src/shared/cancellation.js'
import { channelId, cogs } from '../../../../../src/shared/units.js'

const seven = channelId(7n)
const TEN = cogs(10n)
const NO_ROOM = { kind: 'forbidden', message: 'internal error: Usage Exceeded on channel Id 7' }

/** A process that has the store alone, in which `planned` was paid ahead on channel 7. */
async function alone(planned: bigint, records = createMemoryRecords(), inFlight: readonly [string, bigint][] = []) {
  const written: string[] = []
  let fault: Error | undefined
  const watched = {
    ...records,
    changeRow: async <R>(...[key, change]: Parameters<typeof records.changeRow<R>>) => {
      if (fault) throw fault
      written.push(key)
      return await records.changeRow(key, change)
    },
  }
  const table = new OwnedTables(watched).table(prepaidTable)
  const self = { name: 'me', lost: new Cancellation() }
  const usages = new Usages(table, { self, isGone: (name) => name !== 'me', isAlone: true })
  const used = inFlight.reduce((sum, [, amount]) => sum + amount, 0n)
  const usage = { planned, used, refunded: 0n, inFlight: new Map(inFlight) }
  await table.change('7', () => ({ value: usage, result: undefined }))
  written.length = 0
  return {
    ...{ usages, table, written, self },
    begin: () => usages.begin(seven, TEN),
    keep: () => usages.keep(seven, TEN, self),
    refund: () => usages.refund(seven, TEN, self),
    failWith: (next: Error | undefined) => (fault = next),
  }
}

describe('a process that has the store alone', () => {
  it('writes a call once, when it was served, and nothing of one that was not', async () => {
    const { begin, keep, refund, written, table } = await alone(30n)
    await begin()
    await refund()
    await begin()
    expect(written).toEqual([])
    await keep()
    expect(written).toHaveLength(1)
    expect(await table.read('7')).toEqual({ planned: 30n, used: 10n, refunded: 0n, inFlight: new Map() })
  })

  it('lets in no more than was planned, whatever is under way, and as much again as was given back', async () => {
    const { begin, keep, refund } = await alone(30n)
    await Promise.all([begin(), begin(), begin()])
    await expect(begin()).rejects.toMatchObject(NO_ROOM)
    await keep()
    await expect(begin()).rejects.toMatchObject(NO_ROOM)
    await refund()
    await begin()
    await Promise.all([keep(), keep()])
    await expect(begin()).rejects.toMatchObject(NO_ROOM)
  })

  it('tells calls under way as used', async () => {
    const { begin, usages } = await alone(30n)
    await begin()
    expect(await usages.read(seven)).toMatchObject({ planned: 30n, used: 10n })
  })

  it('sees what is planned while calls are under way', async () => {
    const { begin, keep, table } = await alone(10n)
    await begin()
    await table.change('7', (now) => ({ value: now && { ...now, planned: 20n }, result: undefined }))
    await begin()
    await expect(begin()).rejects.toMatchObject(NO_ROOM)
    await Promise.all([keep(), keep()])
    expect(await table.read('7')).toMatchObject({ planned: 20n, used: 20n })
  })

  it('has room again for a call that could not be written', async () => {
    const { begin, keep, refund, failWith, table } = await alone(10n)
    await begin()
    failWith(new Error('no room on disk'))
    await expect(keep()).rejects.toMatchObject({ kind: 'storage-failed' })
    await refund()
    failWith(undefined)
    await begin()
    await keep()
    expect(await table.read('7')).toMatchObject({ used: 10n })
  })

  it('gives back what the process before it had under way', async () => {
    const { begin, keep, table } = await alone(10n, createMemoryRecords(), [['before', 10n]])
    await begin()
    await keep()
    expect(await table.read('7')).toEqual({ planned: 10n, used: 20n, refunded: 10n, inFlight: new Map() })
  })

  it('neither refuses nor lets in wrongly, in whatever order calls begin and end', async () => {
    const { usages, self, table } = await alone(1_000n)
    let [letIn, kept] = [0n, 0n]
    const call = async (i: number): Promise<void> => {
      const price = cogs(BigInt(1 + ((i * 7) % 13)))
      for (let turns = i % 5; turns > 0; turns--) await new Promise((done) => setImmediate(done))
      const hadRoom = letIn + price <= 1_000n
      const isIn = await usages.begin(seven, price).then(
        () => true,
        () => false,
      )
      // Another may have come in or gone while this one was asked for.
      if (isIn) letIn += price
      else if (hadRoom) expect(letIn + price).toBeGreaterThan(1_000n)
      if (!isIn) return
      for (let turns = i % 3; turns > 0; turns--) await new Promise((done) => setImmediate(done))
      if (i % 4 === 0) {
        await usages.refund(seven, price, self)
        letIn -= price
      } else {
        await usages.keep(seven, price, self)
        kept += price
      }
    }
    await Promise.all(Array.from({ length: 400 }, (_, i) => call(i)))
    expect(letIn).toBe(kept)
    expect(kept).toBeLessThanOrEqual(1_000n)
    expect(kept).toBeGreaterThan(980n)
    expect(await table.read('7')).toEqual({ planned: 1_000n, used: kept, refunded: 0n, inFlight: new Map() })
  })
})
