import { expect, test } from 'vitest'
import { compareExports } from '../../../../src/client/storage/compare.js'
import { renderComparison, renderExport, renderFaults, renderImport } from '../../../../src/client/storage/render.js'
import { comparisonView, importView } from '../../../../src/client/storage/views.js'

const wide = { width: 80 }
const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length))
const million = { signed: '123456789012345678901234', claims: '9', total: '123456789012345678901243' }

async function* lines(...records: readonly object[]): AsyncGenerator<string> {
  yield JSON.stringify({ export: 'snetd payments', network: 'n', organization: 'o', group: 'g', mpe: '0xAA' })
  for (const record of records) yield JSON.stringify(record)
  yield JSON.stringify({ end: true, records: { channel: records.length }, signed: '5', claims: '0' })
}

test('what an export holds', () => {
  const whose = { network: 'n', organization: 'o', group: 'g', mpe: 'm', backend: 'embedded' }
  const said = renderExport({ file: 'p.jsonl', ...whose, records: { channel: 2, claim: 1 }, money: million })
  expect(said).toBe(`Written: p.jsonl
records  2 of channel, 1 of claim
money    123456789012345678901243 cogs (123456789012345678901234 signed, 9 in claims)`)
})

test('what an import does, and what it leaves out, in 80 columns', () => {
  const fault = {
    ...{ record: 'channel', key: '7', kept: true },
    fault: 'what is kept as signature for 5 cogs under nonce 4 is not by the signer or the sender of the channel',
    cure: 'It collects nothing. An older export may have a signature that does: "snetd storage import" merges it in.',
  }
  const reply = {
    records: [{ record: 'channel', read: '100000', added: '7', raised: '1' }],
    ...{ before: { signed: '1', claims: '0' }, after: { signed: '5', claims: '2' } },
    ...{ left_out: [fault], left_out_in_all: '3', busy: '0' },
  }
  const said = renderImport(importView(reply, { dryRun: true }), wide)
  expect(said).toBe(`record     read  to add  to raise  as they were
───────  ──────  ──────  ────────  ────────────
channel  100000       7         1         99992
before   1 cogs (1 signed, 0 in claims)
after    7 cogs (5 signed, 2 in claims)
channel 7: what is kept as signature for 5 cogs under nonce 4 is not by the
signer or the sender of the channel (kept all the same)
  It collects nothing. An older export may have a signature that does: "snetd
  storage import" merges it in.
… and 2 more
Nothing was changed: this was a dry run.`)
  expect(widest(said)).toBeLessThanOrEqual(80)
  expect(renderFaults([], 0)).toEqual([])
})

test('what two stores differ in, whatever order each has its records in', async () => {
  const channel = { record: 'channel', nonce: '0', authorized: '5', value: '9', expiration: '7' }
  const [one, two, three] = ['1', '2', '3'].map((key) => ({ ...channel, key }))
  const compared = await compareExports(
    lines(one as object, two as object),
    lines({ ...two, authorized: '6' }, three as object, { ...(one as object), record: 'channel' }),
  )
  const said = renderComparison(comparisonView(compared), ['a.jsonl', 'b.jsonl'], wide)
  expect(said).toContain(`channel 2
  A  nonce 0, authorized 5, value 9, expiration 7
  B  nonce 0, authorized 6, value 9, expiration 7
channel 3
  A  nothing
  B  nonce 0, authorized 5, value 9, expiration 7
They differ in 2 records.`)
  expect(widest(said)).toBeLessThanOrEqual(80)
  const same = comparisonView(await compareExports(lines(one as object), lines({ ...one, signature: '00' })))
  expect(same).toMatchObject({ same: false, differing: [{ b: expect.stringContaining('with other details') }] })
  await expect(compareExports(lines(), lines())).resolves.toMatchObject({ differingInAll: 0, identities: [] })
})
