import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataDir } from '../../../../src/daemon/data-dir/index.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

test('whoever connects while the owner of a directory is found does not keep it from closing', async () => {
  await using directory = await tempDir()
  const opening = openDataDir({ path: directory.path }, { log: quietLog() })
  let isOpen = false
  void opening.then(() => (isOpen = true))
  let early = 0
  while (!isOpen) {
    for (const name of await readdir(directory.path)) {
      if (!name.startsWith('snetd.sock')) continue
      const peer = connect(join(directory.path, name)).on('error', () => undefined)
      peer.once('connect', () => early++)
    }
  }
  await (await opening)[Symbol.asyncDispose]()
  expect(early).toBeGreaterThan(0)
})
