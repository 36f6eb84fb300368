import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { tempDir } from '../support/temp-dir.js'

let directory: string
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  await writeFile(join(directory, 'snetd.config.json'), '{}')
  return temp.remove
})

const install = (args: readonly string[], { name, home = 'home' }: { name?: 'run' | 'infra'; home?: string } = {}) =>
  runCli(['service', 'install', '--user', ...args], {
    ...(name && { name }),
    cwd: directory,
    env: { XDG_CONFIG_HOME: join(directory, home), SNET_LOG: 'debug' },
  })
const unitOf = (home: string): Promise<string> => readFile(join(directory, home, 'systemd/user/snetd.service'), 'utf8')

test.each(['run', 'infra'] as const)('under the name %s a unit is written, checked and explained', async (name) => {
  const { code, stdout, stderr } = await install([], { name, home: name })
  const unit = await unitOf(name)
  expect(unit).toContain(
    `ExecStart=${process.execPath} ${packageRoot}/bin/run.js serve -c ${directory}/snetd.config.json\n`,
  )
  expect(code).toBe(0)
  expect(stdout).toContain(unit)
  expect(stdout).toContain('systemctl --user enable --now snetd.service')
  expect(stderr).toContain('Warning: the service does not see SNET_LOG')
})

test('a unit of somebody else stays as it is until --force', async () => {
  expect(await install([], { home: 'kept' })).toMatchObject({ code: 0 })
  const path = join(directory, 'kept/systemd/user/snetd.service')
  await writeFile(path, 'mine')
  const refused = await install(['--json'], { home: 'kept' })
  expect(refused.code).toBe(5)
  const lines = refused.stderr.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { warning: expect.stringContaining('SNET_LOG') },
    { error: { kind: 'already-exists' } },
  ])
  expect(await unitOf('kept')).toBe('mine')
  expect(await install(['--force'], { home: 'kept' })).toMatchObject({ code: 0 })
  expect(await unitOf('kept')).toContain('[Service]')
})

test('the same unit again is no conflict', async () => {
  await install([], { home: 'twice' })
  const { code, stdout } = await install(['--json'], { home: 'twice' })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    written: false,
    path: join(directory, 'twice/systemd/user/snetd.service'),
  })
})

test('--print writes nothing', async () => {
  const { code, stdout } = await install(['--print'], { home: 'printed' })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^\[Unit\]\n/)
  await expect(unitOf('printed')).rejects.toThrow('ENOENT')
})

test('without a config file it says what is missing', async () => {
  const { code, stderr } = await install(['-c', 'nowhere.json'])
  expect(code).toBe(2)
  expect(stderr).toContain('nowhere.json')
})
