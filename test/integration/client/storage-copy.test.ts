import { join } from 'node:path'
import { Config } from '@oclif/core'
import { afterEach, expect, test } from 'vitest'
import StorageCopy from '../../../src/commands/storage/copy.js'
import { openKeptStore } from '../../../src/daemon/open-store.js'
import { openStorage, type Storage } from '../../../src/daemon/storage/index.js'
import { packageRoot } from '../../../src/shared/package.js'
import { cogs, groupIdBytes } from '../../../src/shared/units.js'
import { aRecord, group, provider } from '../../support/channel-builders.js'
import { quietLog } from '../../support/quiet-log.js'
import { tempDir } from '../../support/temp-dir.js'

const groupText = Buffer.from(groupIdBytes(group)).toString('base64')
const identity = { network: 'local', organization: 'org', group: groupText, mpe: provider }

/** Without the rest of the daemon, which takes long to load here. */
class Copy extends StorageCopy {
  protected override openStored(...at: Parameters<typeof openKeptStore>): ReturnType<typeof openKeptStore> {
    return openKeptStore(...at)
  }
}

const serve = (path: string): Promise<Storage> =>
  openStorage({ type: 'embedded', dataDir: { path }, identity }, { log: quietLog() })

afterEach(() => {
  process.exitCode = undefined
})

test('a store with a record that breaks a rule is not marked as moved: it is sold from again', async () => {
  await using directory = await tempDir()
  const [from, to] = [join(directory.path, 'from'), join(directory.path, 'to')]
  const signedByNobody = aRecord({ authorized: cogs(5n), signature: new Uint8Array(65).fill(27) })
  {
    await using storage = await serve(from)
    await using hold = await storage.channels.hold(signedByNobody.id)
    await hold.commit({ channel: signedByNobody })
  }
  const view = await Copy.run([from, to, '--retire'], await Config.load(packageRoot))
  expect(view).toMatchObject({ faults_in_all: 1 })
  expect(process.exitCode).toBe(8)
  await using storage = await serve(from)
  expect((await storage.channels.read(signedByNobody.id))?.authorized).toBe(5n)
})
