import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { userInfo } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCredentialFlags } from '../../../../src/client/service/credentials.js'
import { planUnit } from '../../../../src/client/service/install-unit.js'
import { userName } from '../../../../src/client/service/user-name.js'
import { readServiceSettings } from '../../../../src/client/service/service-settings.js'
import { resolveConfig } from '../../../../src/settings/engine.js'
import { daemonSchema } from '../../../../src/settings/index.js'
import { type DaemonUnit, unitPath, unitText, verifyUnit } from '../../../../src/client/service/systemd.js'
import { tempDir } from '../../../support/temp-dir.js'

const aUnit = (changes: Partial<DaemonUnit> = {}): DaemonUnit => ({
  node: process.execPath,
  program: '/usr/lib/node_modules/snetd/bin/run.js',
  config: '/etc/snetd/snetd.config.json',
  dataDir: '/srv/snetd',
  writable: [],
  stopMs: 10_000,
  startMs: 30_000,
  credentials: {},
  needsLowPort: false,
  user: 'snetd',
  ...changes,
})
const linesOf = (changes: Partial<DaemonUnit> = {}): string[] => unitText(aUnit(changes)).split('\n')

let directory: string
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

describe('a unit of the system', () => {
  test('runs the daemon as the owner of its config, writes in one place, and may do nothing else', () => {
    expect(linesOf()).toEqual(
      expect.arrayContaining([
        'User=snetd',
        `ExecStart=${process.execPath} /usr/lib/node_modules/snetd/bin/run.js serve -c /etc/snetd/snetd.config.json`,
        'WorkingDirectory=/etc/snetd',
        'Restart=on-failure',
        'ExecReload=/bin/kill -HUP $MAINPID',
        'ProtectSystem=strict',
        'ReadWritePaths=/srv/snetd',
        'NoNewPrivileges=yes',
        'CapabilityBoundingSet=',
        'WantedBy=multi-user.target',
      ]),
    )
  })

  test('is told ready and alive, and watched; a start may take as long as what it waits for', () => {
    const lines = linesOf({ startMs: 90_000 })
    expect(lines).toEqual(
      expect.arrayContaining(['Type=notify', 'NotifyAccess=all', 'WatchdogSec=60', 'TimeoutStartSec=150']),
    )
  })

  test('leaves no secret in a dump of memory, and hands in those that systemd reads', () => {
    const lines = linesOf({ credentials: { token_secret_key: '/etc/50%/token', ssl_key: '/etc/tls/key' } })
    expect(lines).toContain('LimitCORE=0')
    expect(lines.filter((line) => line.startsWith('LoadCredential'))).toEqual([
      'LoadCredential=ssl_key:/etc/tls/key',
      'LoadCredential=token_secret_key:/etc/50%%/token',
    ])
  })

  test('makes no memory that Node could not run in', () => {
    expect(linesOf().filter((line) => /^(MemoryDenyWriteExecute|PrivateTmp)/.test(line))).toEqual([])
  })

  test('stops later than calls in flight may take', () => {
    expect(linesOf({ stopMs: 90_500 })).toContain('TimeoutStopSec=101')
  })

  test('keeps a data directory below /var/lib as state, which systemd makes', () => {
    const lines = linesOf({ dataDir: '/var/lib/snetd/a', writable: ['/srv/logs'] })
    expect(lines).toEqual(expect.arrayContaining(['StateDirectory=snetd/a', 'ReadWritePaths=-/srv/logs']))
  })

  test('gets the one capability that a low port needs', () => {
    expect(linesOf({ needsLowPort: true })).toEqual(
      expect.arrayContaining([
        'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
        'AmbientCapabilities=CAP_NET_BIND_SERVICE',
      ]),
    )
  })

  test('quotes what systemd would read as something else', () => {
    const lines = linesOf({ config: '/srv/50% $HOME "x"/a.json', dataDir: '/srv/my $data' })
    expect(lines).toContain('WorkingDirectory=/srv/50%% $HOME "x"')
    expect(lines).toContain('ReadWritePaths="/srv/my $data"')
    expect(lines.find((line) => line.startsWith('ExecStart='))).toMatch(
      / serve -c "\/srv\/50%% \$\$HOME \\"x\\"\/a\.json"$/,
    )
  })
})

test('a unit of one user names no user and asks for nothing that needs root', () => {
  const lines = linesOf({ user: undefined })
  expect(lines).toContain('WantedBy=default.target')
  expect(lines.filter((line) => /^(User|Protect|Capability|ReadWrite|State)/.test(line))).toEqual([])
  expect(unitPath({ isUser: true, configHome: '/home/a/.config' })).toBe('/home/a/.config/systemd/user/snetd.service')
  expect(unitPath({ isUser: false, configHome: '' })).toBe('/etc/systemd/system/snetd.service')
})

test('a unit names the owner of its config file, and says the number of one without a name', async () => {
  const config = join(directory, 'owned.json')
  await writeFile(config, '{}')
  const { unit } = await planUnit(await readServiceSettings(config, directory), { isUser: false, env: {} })
  expect(unit).toContain(`\nUser=${userInfo().username}\n`)
  expect(await userName(0)).toBe('root')
  expect(await userName(3_999_999_999)).toBe('3999999999')
})

describe('what a service has to know of the settings', () => {
  const settingsOf = async (settings: object) => {
    const file = join(directory, 'snetd.config.json')
    await writeFile(file, JSON.stringify(settings))
    return await readServiceSettings(undefined, directory)
  }

  test('counts paths from the config file', async () => {
    expect(
      await settingsOf({ data_dir: 'state', drain_timeout: '1m30s', infra_log_target: 'logs/all.tar.gz' }),
    ).toEqual({
      config: join(directory, 'snetd.config.json'),
      dataDir: join(directory, 'state'),
      stopMs: 90_000,
      startMs: 30_000,
      writable: [join(directory, 'logs')],
      needsLowPort: false,
    })
  })

  test.each([
    [{ daemon_endpoint: '0.0.0.0:443' }, true],
    [{ infra_endpoint: '127.0.0.1:0' }, false],
    [{}, false],
  ])('%j: low port %s', async (settings, needsLowPort) => {
    expect(await settingsOf({ ...settings, infra_log_target: 'https://logs.example/x' })).toMatchObject({
      needsLowPort,
      writable: [],
      dataDir: join(directory, 'snetd-data'),
    })
  })

  test('an etcd that the daemon starts is waited for, too', async () => {
    const server = { startup_timeout: '2m' }
    expect((await settingsOf({ startup_timeout: '10s', payment_channel_storage_server: server })).startMs).toBe(130_000)
  })

  test('secrets that systemd is to hand in lie in files for one reader', async () => {
    const file = join(directory, 'token.secret')
    await writeFile(file, 'secret', { mode: 0o600 })
    const read = (text: string) => readCredentialFlags([text], { cwd: directory, env: {} })
    expect(await read('token_secret_key=token.secret')).toEqual({ token_secret_key: file })
    await expect(read('token_secret_key')).rejects.toMatchObject({ message: expect.stringContaining('KEY=FILE') })
    await expect(read('drain_timeout=token.secret')).rejects.toMatchObject({
      message: expect.stringContaining('names no secret; one of'),
    })
    await expect(read('ssl_key=nowhere')).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') })
    await chmod(file, 0o644)
    await expect(read('token_secret_key=token.secret')).rejects.toMatchObject({
      kind: 'invalid-request',
      message: expect.stringContaining('others on this host may read'),
    })
  })

  test('what the file does not say is what the daemon takes', async () => {
    expect((await settingsOf({})).stopMs).toBe(resolveConfig(daemonSchema, []).config.drain_timeout)
    expect(await settingsOf({ daemon_end_point: '0.0.0.0:80' })).toMatchObject({ needsLowPort: true })
  })

  test('a setting that is wrong is told as such', async () => {
    await expect(settingsOf({ drain_timeout: 'soon' })).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringContaining('drain_timeout'),
    })
    await expect(readServiceSettings(undefined, join(directory, 'nowhere'))).rejects.toMatchObject({
      kind: 'invalid-config',
    })
  })
})

describe('systemd’s own opinion', () => {
  const path = (): string => join(directory, 'snetd.service')
  const verified = async (unit: string) => {
    await writeFile(path(), unit)
    return await verifyUnit(path(), { isUser: false })
  }

  test('of our units is good, and of a broken one what is wrong; without systemd there is none', async (context) => {
    const program = join(directory, 'a program.js')
    await writeFile(program, '')
    await chmod(program, 0o755)
    const right = await verified(
      unitText(
        aUnit({ program, dataDir: '/srv/50% mine', needsLowPort: true, credentials: { ssl_key: '/srv/50% key' } }),
      ),
    )
    if (right.isRight === undefined) {
      expect(right.told.join()).toContain('systemd-analyze')
      return context.skip('there is no systemd-analyze here')
    }
    expect(right).toEqual({ isRight: true, told: [] })
    const wrong = await verified(unitText(aUnit()).replace('ProtectSystem=strict', 'ProtectSystem=stict'))
    expect(wrong).toMatchObject({ isRight: false, told: [expect.stringContaining('stict')] })
    expect(await verified(unitText(aUnit({ node: '/nowhere/node' })))).toMatchObject({
      isRight: false,
      told: [expect.stringContaining('/nowhere/node')],
    })
  })
})
