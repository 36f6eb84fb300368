import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startFakeBertys } from '../../../berty/obeying-bertys.js'

const run = promisify(execFile)

async function answers(endpoint: string): Promise<boolean> {
  const [host, port] = endpoint.split(':') as [string, string]
  const socket = connect(Number(port), host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

test('fake Bertys that stand in for real ones are stopped and started by a command', async () => {
  await using bertys = await startFakeBertys(2)
  const [, second = ''] = bertys.endpoints
  expect(await answers(second)).toBe(true)
  await run(bertys.command, ['stop', '2'])
  expect(await answers(second)).toBe(false)
  await run(bertys.command, ['start', '2'])
  expect(await answers(second)).toBe(true)
  for (const act of ['freeze', 'thaw']) await run(bertys.command, [act, '1'])
  await expect(run(bertys.command, ['stop', '3'])).rejects.toThrow('there is no Berty 3')
  await expect(run(bertys.command, ['drown', '1'])).rejects.toThrow('nobody can drown a Berty')
})
