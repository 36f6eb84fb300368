import { expect, test } from 'vitest'
import { GROUP_STATE, openGroupState } from '../../../src/daemon/group-state.js'
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
