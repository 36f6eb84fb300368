import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openKeptStore } from '../../../../src/daemon/open-store.js'
import { openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import { writeMarker } from '../../../../src/daemon/storage/embedded/marker.js'
import { cogs } from '../../../../src/shared/units.js'
import { aRecord, group, provider } from '../../../support/channel-builders.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

const identity = { network: 'local', organization: 'org', group, mpe: provider }

let path: string
beforeEach(async () => {
  const directory = await tempDir()
  path = directory.path
  return directory.remove
})

const serve = (type: 'embedded' | 'memory', of = identity): Promise<Storage> =>
  openStorage({ type, dataDir: { path }, identity: of }, { log: quietLog() })

/** As a daemon leaves a store from which it has sold something. */
async function sell(): Promise<void> {
  await using storage = await serve('embedded')
  const { id } = aRecord()
  await using hold = await storage.channels.hold(id)
  await hold.commit({ channel: aRecord({ id, authorized: cogs(5n) }) })
}

async function retire(): Promise<void> {
  await using kept = await openKeptStore({ dataDir: path })
  await kept.retire?.('the store of group.json (etcd)')
}

const refusal = (text: RegExp) => ({ kind: 'invalid-config', message: expect.stringMatching(text) as string })

async function linesOf(...where: Partial<Parameters<typeof openKeptStore>>): Promise<string[]> {
  const [place = { dataDir: path }, incoming] = where
  await using kept = await openKeptStore(place, incoming)
  const lines: string[] = []
  for await (const line of kept.exportLines({ skipDamaged: false })) lines.push(line)
  return lines
}

async function* all(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

test('a store whose payments were moved is not sold from, and stands in the way of no other', async () => {
  await sell()
  await expect(serve('memory')).rejects.toMatchObject(refusal(/payments of another identity/))
  await retire()
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/were moved to the store of group\.json \(etcd\) \(2/))
  // Any other store does; this one needs no etcd.
  await (await serve('memory'))[Symbol.asyncDispose]()
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/were moved to/))
  // The mark is in the store itself.
  await rm(join(path, 'snetd-store.json'))
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/were moved to/))
})

test('it is sold from again once payments were brought back, all of them, and of the same identity', async () => {
  await sell()
  const lines = await linesOf()
  await retire()
  const place = { dataDir: path, backend: 'embedded' } as const
  {
    await using kept = await openKeptStore(place, { ...identity, dryRun: true })
    await kept.importLines(all(lines), { dryRun: true })
    await expect(kept.importLines(all(lines.slice(0, -1)), { dryRun: false })).rejects.toMatchObject({
      kind: 'invalid-request',
    })
  }
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/were moved to/))
  await writeMarker(path, { ...identity, organization: 'another', backend: 'etcd' })
  const other = { ...identity, organization: 'another', dryRun: false }
  await expect(openKeptStore(place, other)).rejects.toMatchObject(refusal(/organization org → another/))
  {
    await using kept = await openKeptStore(place, { ...identity, dryRun: false })
    await kept.importLines(all(lines), { dryRun: false })
  }
  await using storage = await serve('embedded')
  expect((await storage.channels.read(aRecord().id))?.authorized).toBe(5n)
})

test('where payments were kept in etcd no empty store is begun, unless they are brought', async () => {
  await writeMarker(path, { ...identity, backend: 'etcd' })
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/kept its payments in etcd, and none are here/))
  const place = { dataDir: path, backend: 'embedded' } as const
  const [head = '', end = ''] = await linesOf(place, { ...identity, dryRun: false })
  await expect(serve('embedded')).rejects.toMatchObject(refusal(/has not arrived whole/))
  {
    await using kept = await openKeptStore(place, { ...identity, dryRun: false })
    await kept.importLines(all([head, end]), { dryRun: false })
  }
  await (await serve('embedded'))[Symbol.asyncDispose]()
  const marker: unknown = JSON.parse(await readFile(join(path, 'snetd-store.json'), 'utf8'))
  expect(marker).toEqual({ ...identity, backend: 'embedded', owners: '3' })
})
