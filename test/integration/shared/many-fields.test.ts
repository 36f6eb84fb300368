import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/shared/package.js'

const FILE = join(packageRoot, 'test/integration/shared/many-fields-process.ts')
const SMALL_HEAP = ['--max-semi-space-size=1', '--min-semi-space-size=1']
/** Without our care the process ended within one. */
const LASTS_MS = '3000'

test.each(['raw', 'direct'])(
  'answers of more header fields than node takes do not end the process of a %s client',
  { timeout: 30_000 },
  async (client) => {
    const args = [...SMALL_HEAP, '--import', 'tsx', FILE, LASTS_MS, client]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(stdout).toBe('every call failed, and we live\n')
  },
)
