import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { type ControlHost, startControlHost } from '../support/control-host.js'
import { tempDir } from '../support/temp-dir.js'

let host: ControlHost
let inventory: string
beforeAll(async () => {
  host = await startControlHost({
    ListGroups: () => ({ groups: [{ name: 'chat' }, { name: 'b group' }] }),
    ListTests: () => ({ tests: [{ test: '0' }, { test: '0' }, { test: 'load' }] }),
    ListRuns: () => ({ runs: [{ run_id: 'r-1' }] }),
  })
  const temp = await tempDir()
  inventory = join(temp.path, 'hosts.yaml')
  await writeFile(inventory, `peers: [{ name: a, address: "${host.address}" }, { name: b, address: 10.0.0.8 }]\n`)
  return temp.remove
})
afterAll(async () => await host[Symbol.asyncDispose]())

const program = [process.execPath, join(packageRoot, 'bin', 'run.js')]
const complete = (kind: string, ...typed: string[]) => runCli(['complete', kind, '--', ...typed], { name: 'infra' })

test('values are those of the hosts that the command line names', async () => {
  const at = ['test', 'start', '--host', host.address, '--wait-ready', '9s']
  const answers = await Promise.all([complete('groups', ...at), complete('tests', ...at), complete('runs', ...at)])
  expect(answers.map(({ stdout }) => stdout)).toEqual(['b group\nchat\n', '0\nload\n', 'r-1\n'])
})

test('peers are those of the inventory, and nobody is asked', async () => {
  expect((await complete('peers', '--inventory', inventory)).stdout).toBe(`10.0.0.8:9090\n${host.address}\n`)
})

test('where anything fails there is silence', async () => {
  await using away = await startControlHost()
  await away[Symbol.asyncDispose]()
  const silent = { code: 0, stdout: '', stderr: '' }
  const lines = [['groups', '--host', away.address], ['groups', '--inventory', '/nowhere'], ['nonsense']] as const
  for (const [kind, ...typed] of lines) expect(await complete(kind, ...typed)).toEqual(silent)
})

test('a deleted directory is no fault of the program, and help works in it', async () => {
  const gone = await tempDir()
  await gone.remove()
  const runGone = (line: string) =>
    spawnSync('bash', ['-c', `mkdir -p "$0"; cd "$0"; rmdir "$0"; exec "$1" "$2" ${line}`, gone.path, ...program], {
      encoding: 'utf8',
    })
  expect(runGone('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('FIRST STEPS'), stderr: '' })
  expect(runGone('config validate')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: 'Error: the current directory no longer exists\nHint:  Change to another directory.\n',
  })
})
