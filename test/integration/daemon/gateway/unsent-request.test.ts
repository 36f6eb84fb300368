import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../../src/shared/package.js'

test('a service that answers before it has room for the request, and makes room then, does not end the process', async () => {
  const file = join(packageRoot, 'test/integration/daemon/gateway/unsent-request-process.ts')
  // Where it would end, it takes all memory until then.
  const limit = { timeout: 8_000, killSignal: 'SIGKILL' } as const
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file], limit)
  expect(stdout).toBe('1 bytes, reset 8\n')
})
