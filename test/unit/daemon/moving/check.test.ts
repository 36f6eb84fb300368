import { expect, test } from 'vitest'
import { createMemoryRecords } from '../../../../src/daemon/storage/memory/memory-records.js'
import { channelId, channelNonce, cogs, groupIdFromBytes } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'
import { aKeptStore, importInto, linesOf, TABLES } from '../../../support/kept-stores.js'

const signature = new Uint8Array(65).fill(1)
const nobodys = new Uint8Array(65).fill(0xff)
const id = (number: number) => channelId(BigInt(number))

/** A store with one of everything that can be wrong, and a channel with a claim in which nothing is. */
async function aSickStore() {
  const records = createMemoryRecords()
  const { store, storage } = aKeptStore({ records })
  const put = async (number: number, changes: Parameters<typeof aRecord>[0], claim?: Parameters<typeof aClaim>[0]) => {
    await using hold = await storage.channels.hold(id(number))
    const channel = aRecord({ id: id(number), nonce: channelNonce(4n), ...changes })
    await hold.commit({ channel, ...(claim && { claim: aClaim({ channel: id(number), ...claim }) }) })
  }
  await put(0, { authorized: cogs(5n), signature }, {})
  await put(1, { authorized: cogs(5n), value: cogs(4n), signature })
  await put(2, { authorized: cogs(5n), signature: nobodys })
  await put(3, { authorized: cogs(5n), signature: new Uint8Array() })
  await put(4, {}, { signature: nobodys })
  await put(5, {}, { nonce: channelNonce(4n) })
  await put(6, {}, { amount: cogs(0n) })
  await put(7, { groupId: groupIdFromBytes(new Uint8Array(32)) })
  await put(8, {})
  await records.changeRow('channel/8', () => ({ value: '{"version":1', result: undefined }))
  await records.changeRow('claim/9/3', () => ({ value: '{}', result: undefined }))
  const prepaid = storage.table(TABLES.prepaid)
  const usage = { planned: 1n, used: 3n, refunded: 0n, inFlight: new Map() }
  await prepaid.change('1', () => ({ value: usage, result: undefined }))
  await prepaid.change('x', () => ({ value: { ...usage, planned: 9n }, result: undefined }))
  await records.changeRow('table/model/a', () => ({ value: 'no JSON', result: undefined }))
  return { store, storage, records }
}

test('each record that breaks a rule is named with its key and what to do, and no other', async () => {
  const { store } = await aSickStore()
  const faults: string[] = []
  let checked = ''
  for await (const part of store.check()) {
    checked = part.checked ?? ''
    for (const { record, key, fault, cure } of part.faults ?? []) {
      expect(cure).toMatch(/\.$/)
      faults.push(`${record} ${key}: ${fault}`)
    }
  }
  expect(faults.sort()).toEqual([
    'channel 1: 5 cogs are signed, but the channel had 4',
    'channel 2: what is kept as signature for 5 cogs under nonce 4 is not by the signer or the sender of the channel',
    'channel 3: what is kept as signature for 5 cogs under nonce 4 is not by the signer or the sender of the channel',
    'channel 7: the channel is of another payment group',
    expect.stringMatching(/^channel channel\/8: the stored record channel\/8 cannot be read/),
    'claim 4/3: what is kept as signature for 10 cogs under nonce 3 is not by the signer or the sender of the channel',
    'claim 5/4: it is of nonce 4, but the channel is under nonce 4',
    'claim 6/3: it claims nothing',
    expect.stringMatching(/^claim claim\/9\/3: the stored record claim\/9\/3 cannot be read/),
    expect.stringMatching(/^model table\/model\/a: the stored record table\/model\/a cannot be read/),
    'prepaid 1: calls have used 2 cogs more than was planned',
    'prepaid x: it lies under the key of another record',
  ])
  expect(checked).toBe('17')
})

test('a record that cannot be read ends an export by its name, unless those are left out', async () => {
  const { store } = await aSickStore()
  await expect(linesOf(store)).rejects.toThrow('the stored record channel/8 cannot be read')
  const lines = await linesOf(store, { skipDamaged: true })
  expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ records: { channel: 8, claim: 4, damaged: 3 } })
  const next = aKeptStore()
  await importInto(
    next.store,
    lines.filter((line) => !line.includes('"key":"x"')).map((line) => line.replace('"prepaid":2', '"prepaid":1')),
  )
  expect(await next.storage.channels.readClaim(id(0), channelNonce(3n))).toMatchObject({ amount: 10n })
})
