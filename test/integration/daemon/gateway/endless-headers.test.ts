import { execFile } from 'node:child_process'
import { connect, createServer } from 'node:http2'
import { once } from 'node:events'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { holdFor } from '../../../../src/shared/outlive.js'
import { packageRoot } from '../../../../src/shared/package.js'

test('a service whose header blocks never end does not end the process', async () => {
  const file = join(packageRoot, 'test/integration/daemon/gateway/endless-headers-process.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', file])
  expect(stdout).toBe('150 calls of 150 ended\n')
})

test('the native part of a session is found in this node', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await once(session, 'connect')
  expect(holdFor(session, session.request())).toBe(true)
  session.destroy()
  server.close()
})
