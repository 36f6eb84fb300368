import { expect, test } from 'vitest'
import { GROUP_STATE, openGroupState } from '../../../src/daemon/group-state.js'
import { fieldsOf } from '../../../src/daemon/storage/record-text.js'
import { openStorage, type Storage } from '../../../src/daemon/storage/index.js'
import { group, provider } from '../../support/channel-builders.js'
import { quietLog } from '../../support/quiet-log.js'
import { tempDir } from '../../support/temp-dir.js'

const open = (path: string): Promise<Storage> =>
  openStorage(
    {
      type: 'embedded',
      dataDir: { path },
      identity: { network: 'local', organization: 'org', group, mpe: provider },
    },
    { log: quietLog() },
  )

test('a pause outlives the daemon that was told of it', async () => {
  const { path, remove } = await tempDir()
  for (const [before, act] of [
    [false, 'pause'],
    [true, 'resume'],
    [false, undefined],
  ] as const) {
    await using storage = await open(path)
    const lines: string[] = []
    const state = await openGroupState(storage.table(GROUP_STATE), quietLog(lines))
    expect(state.isPaused).toBe(before)
    expect(lines.some((line) => line.includes('PAUSED'))).toBe(before)
    if (!act) continue
    await state[act]()
    expect(state.isPaused).toBe(!before)
  }
  await remove()
})

test('a change that was signed earlier than one by another daemon of the group is not let through, nor after a restart', async () => {
  await using directory = await tempDir()
  const expired = { kind: 'unauthenticated' }
  {
    await using storage = await open(directory.path)
    const table = storage.table(GROUP_STATE)
    const [one, other] = [await openGroupState(table, quietLog()), await openGroupState(table, quietLog())]
    await one.admitChange(1_001n)
    await expect(other.admitChange(1_000n)).rejects.toMatchObject(expired)
    await other.admitChange(1_001n)
    await other.pause()
  }
  await using storage = await open(directory.path)
  const state = await openGroupState(storage.table(GROUP_STATE), quietLog())
  expect(state.isPaused).toBe(true)
  await expect(state.admitChange(1_000n)).rejects.toMatchObject(expired)
  // A chain that was begun anew.
  await state.admitChange(5n)
})

test('what an earlier version kept of the group is read', () => {
  const fields = fieldsOf({ paused: '1' })
  expect(GROUP_STATE.decode(fields)).toEqual({ isPaused: true, signedAt: 0n })
})
