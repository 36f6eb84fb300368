import { readdir } from 'node:fs/promises'
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

  /** As it was thrown. */
  protected override catch(fault: Error): Promise<never> {
    return Promise.reject(fault)
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

/** As one that others share is opened. */
class CopyOfShared extends Copy {
  protected override async openStored(...at: Parameters<typeof openKeptStore>): ReturnType<typeof openKeptStore> {
    const store = await openKeptStore(...at)
    delete (store as { retire?: unknown }).retire
    return store
  }
}

test('what cannot be marked is refused before anything is copied, each with what it is and what to do', async () => {
  await using directory = await tempDir()
  const [from, file, to] = ['from', 'kept.jsonl', 'to'].map((name) => join(directory.path, name)) as [
    string,
    string,
    string,
  ]
  await (await serve(from))[Symbol.asyncDispose]()
  const config = await Config.load(packageRoot)
  const refused = [
    [Copy, from, file, `no daemon sells from the file ${file}`, 'as TO; or leave --retire out.'],
    [Copy, file, to, `${file} is an export, from which no daemon sells`, 'Leave --retire out; or name the store'],
    [CopyOfShared, from, to, `${from} keeps payments in an etcd, which cannot be marked`, 'Stop all daemons'],
  ] as const
  for (const [Command, ...names] of refused) {
    const [source, target, message, hint] = names
    if (source === file) await Copy.run([from, file], config)
    await expect(Command.run([source, target, '--retire'], config)).rejects.toMatchObject({
      kind: 'invalid-request',
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    })
    expect(await readdir(directory.path)).not.toContain('to')
  }
})

test('a store that is marked already is marked again, and says the same', async () => {
  await using directory = await tempDir()
  const [from, to] = [join(directory.path, 'from'), join(directory.path, 'to')]
  await (await serve(from))[Symbol.asyncDispose]()
  const config = await Config.load(packageRoot)
  for (let i = 0; i < 2; i++) {
    expect(await Copy.run([from, to, '--retire'], config)).toMatchObject({ faults_in_all: 0 })
    expect(process.exitCode).toBeUndefined()
    await expect(serve(from)).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringContaining(to) as string,
    })
  }
})
