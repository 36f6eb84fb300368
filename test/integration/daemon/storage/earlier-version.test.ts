import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataDir, openTokenSecret } from '../../../../src/daemon/data-dir/index.js'
import { openStorage } from '../../../../src/daemon/storage/index.js'
import { channelId, channelNonce } from '../../../../src/shared/units.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { COUNTS, raise } from '../../../support/count-table.js'

/** Written by version 0.1.0 before stores had rooms of their own: five channels, a pending claim, a token secret. */
const FIXTURE = join(import.meta.dirname, '../../../fixtures/data-dir')
const identity = {
  network: 'local',
  organization: 'ExampleOrg',
  group: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  mpe: '0x5c7a4290f6f8ff64c69eeffdfafc8644a4ec3a4e',
}

test('a data directory of the version before opens with everything in it', async () => {
  await using temp = await tempDir()
  const path = join(temp.path, 'data')
  await cp(FIXTURE, path, { recursive: true })
  const log = quietLog()
  await using dataDir = await openDataDir({ path }, { log })
  const settings = { type: 'embedded', dataDir, identity } as const
  {
    await using storage = await openStorage(settings, { log })
    expect(await storage.count()).toBe(5)
    for (let i = 0n; i < 5n; i++) {
      const record = await storage.channels.read(channelId(i))
      expect(record).toMatchObject({ nonce: i, value: 1000n + i, expiration: 100_000n + i, authorized: 10n * (i + 1n) })
      expect([...(record?.signature ?? [])]).toEqual(Array.from({ length: 65 }, () => Number(i) + 1))
    }
    expect((await storage.channels.readClaim(channelId(4n), channelNonce(3n)))?.amount).toBe(77n)
    const counts = storage.table(COUNTS)
    expect(await counts.read('a')).toBeUndefined()
    expect(await raise(counts, 'a')).toBe(1n)
    expect(await openTokenSecret(path, undefined)).toMatch(/^[0-9a-f]{64}$/)
  }
  const other = openStorage({ ...settings, identity: { ...identity, mpe: '0xff' } }, { log })
  await expect(other).rejects.toMatchObject({ kind: 'invalid-config' })
})
