import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
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

/** A systemctl that writes down what it was asked and answers with `script`. */
async function withSystemctl(home: string, script: string) {
  const bin = join(directory, home, 'bin')
  const log = join(bin, 'asked')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'systemctl'), `#!/bin/sh\necho "$@" >> '${log}'\n${script}\n`)
  await chmod(join(bin, 'systemctl'), 0o755)
  const env = { XDG_CONFIG_HOME: join(directory, home), PATH: `${bin}:${process.env['PATH']}` }
  return {
    service: (command: string, ...args: string[]) => runCli(['service', command, '--user', ...args], { env }),
    asked: async () => (await readFile(log, 'utf8')).trim().split('\n'),
  }
}

describe('a service that is installed', () => {
  const running = 'echo ActiveState=active; echo UnitFileState=enabled; echo MainPID=7; echo ActiveEnterTimestamp=today'

  test('shows whether systemd runs it', async () => {
    await install([], { home: 'shown' })
    const { service } = await withSystemctl('shown', running)
    const path = join(directory, 'shown/systemd/user/snetd.service')
    expect(await service('status')).toEqual({
      code: 0,
      stdout: `unit     ${path}\nstate    active since today (pid 7)\nat boot  enabled\n`,
      stderr: '',
    })
    const json = await service('status', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ path, active: 'active', enabled: 'enabled', pid: 7, since: 'today' })
    const failed = await withSystemctl('shown', 'echo ActiveState=failed; echo UnitFileState=enabled')
    expect(await failed.service('status')).toMatchObject({
      code: 8,
      stdout: expect.stringContaining('state    failed'),
    })
    const mute = await withSystemctl('shown', 'echo no bus >&2; exit 1')
    expect(await mute.service('status')).toMatchObject({ code: 3, stderr: expect.stringContaining('no bus') })
  })

  test('is stopped before its unit goes; what the daemon keeps stays', async () => {
    await install([], { home: 'gone' })
    const { service, asked } = await withSystemctl('gone', '')
    expect(await service('uninstall')).toMatchObject({ code: 0, stderr: '' })
    expect(await asked()).toEqual(['--user disable --now snetd.service', '--user daemon-reload'])
    await expect(unitOf('gone')).rejects.toThrow('ENOENT')
    for (const command of ['uninstall', 'status'])
      expect(await service(command)).toMatchObject({ code: 6, stderr: expect.stringContaining('is not installed') })
  })

  test('is removed where systemd does not answer, and that is told', async () => {
    await install([], { home: 'mute' })
    const { service } = await withSystemctl('mute', 'echo no bus >&2; exit 1')
    expect(await service('uninstall')).toMatchObject({
      code: 0,
      stderr: 'Warning: the service was not stopped: systemd cannot be asked: no bus\n',
    })
  })

  test('stays where somebody else wrote the unit', async () => {
    await install([], { home: 'foreign' })
    await writeFile(join(directory, 'foreign/systemd/user/snetd.service'), 'mine')
    const { service } = await withSystemctl('foreign', '')
    expect(await service('uninstall')).toMatchObject({ code: 5 })
    expect(await unitOf('foreign')).toBe('mine')
  })
})
