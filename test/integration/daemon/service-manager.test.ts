import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, expect, test } from 'vitest'
import type { HealthReport } from '../../../src/daemon/observability/index.js'
import { openServiceManager } from '../../../src/daemon/service-manager/index.js'
import { quietLog } from '../../support/quiet-log.js'
import { tempDir } from '../../support/temp-dir.js'
import { until } from '../../support/until.js'

let directory = ''
beforeEach(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

/** Once a twentieth of a second, which is what the manager of these tests gives a process. */
const WATCHED = { WATCHDOG_USEC: '100000', WATCHDOG_PID: String(process.pid) }

/** A program in place of systemd's own that writes down what it is to tell. */
async function stand(script = 'for word; do echo "$word" >> "$NOTIFY_SOCKET"; done') {
  const bin = join(directory, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'systemd-notify'), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, 'systemd-notify'), 0o755)
  const socket = join(directory, 'told')
  return {
    env: { NOTIFY_SOCKET: socket, PATH: `${bin}:${process.env['PATH']}` },
    told: async () => (await readFile(socket, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
  }
}

const wellness = (reports: readonly Partial<HealthReport['parts'][number]>[] = []) => ({
  check: async () => ({ ready: true, parts: reports.map((one) => ({ part: 'store', ok: false, ...one })) }),
})

describe('systemd', () => {
  test('is told ready, alive while it is so, and stopping, in this order', async () => {
    const { env, told } = await stand()
    {
      await using manager = openServiceManager({ env: { ...env, ...WATCHED }, health: wellness(), log: quietLog() })
      manager.ready('serving at 127.0.0.1:1')
      await until('it is alive twice', async () => (await told()).filter((word) => word === 'WATCHDOG=1').length > 1)
      manager.stopping()
    }
    const words = await told()
    expect(words.slice(0, 3)).toEqual(['READY=1', 'STATUS=serving at 127.0.0.1:1', 'WATCHDOG=1'])
    expect(words.filter((word) => word !== 'WATCHDOG=1').slice(2)).toEqual([
      'STOPPING=1',
      expect.stringContaining('STATUS='),
    ])
  })

  test('hears nothing more of a daemon that only a restart helps, and all the same of one whose service is away', async () => {
    const { env, told } = await stand()
    const lines: string[] = []
    const parts: Partial<HealthReport['parts'][number]>[] = [{ part: 'service' }]
    await using manager = openServiceManager({
      env: { ...env, ...WATCHED },
      health: wellness(parts),
      log: quietLog(lines),
    })
    manager.ready('serving')
    await until('it is alive', async () => (await told()).includes('WATCHDOG=1'))
    parts.push({ needsRestart: true })
    await until('it is given up', () => lines.some((line) => line.includes('only a restart helps')))
    const before = await told()
    await until('that is said again', () => lines.length > 2)
    expect(await told()).toEqual(before)
  })

  test('is told of settings that are read again, from when clients can connect until the stop', async () => {
    const { env, told } = await stand()
    const work = () => Promise.resolve()
    {
      await using manager = openServiceManager({ env, health: wellness(), log: quietLog() })
      await manager.reloading(work)
      manager.ready('serving')
      await manager.reloading(work)
      manager.stopping()
      await manager.reloading(work)
    }
    const words = await told()
    expect(words.filter((word) => !word.startsWith('STATUS'))).toEqual([
      'READY=1',
      'RELOADING=1',
      'READY=1',
      'STOPPING=1',
    ])
  })

  test.each([
    ['that watches nobody', {}],
    ['that watches another process', { ...WATCHED, WATCHDOG_PID: '1' }],
    ['whose time is none', { WATCHDOG_USEC: 'soon' }],
  ])('of a manager %s is told ready alone', async (_what, watched) => {
    const { env, told } = await stand()
    {
      await using manager = openServiceManager({ env: { ...env, ...watched }, health: wellness(), log: quietLog() })
      manager.ready('serving')
    }
    expect(await told()).toEqual(['READY=1', 'STATUS=serving'])
  })

  test('that is not there is told nothing', async () => {
    const { env, told } = await stand()
    {
      await using manager = openServiceManager({ env: { PATH: env.PATH }, health: wellness(), log: quietLog() })
      manager.ready('serving')
      manager.stopping()
    }
    expect(await told()).toEqual([])
  })

  test.each([
    ['is absent', undefined, 'there is no systemd-notify on the PATH'],
    ['fails', 'echo no such socket >&2; exit 1', 'no such socket'],
  ])('whose program %s costs a warning', async (_what, script, reason) => {
    const { env } = await stand(script)
    const warnings: unknown[] = []
    const log = { ...quietLog(), warn: (message: string, fields?: object) => void warnings.push([message, fields]) }
    const path = script === undefined ? directory : env.PATH
    {
      await using manager = openServiceManager({ env: { ...env, PATH: path }, health: wellness(), log })
      manager.ready('serving')
      manager.stopping()
    }
    expect(warnings).toEqual([['systemd could not be told how the daemon is', { reason }]])
  })
})

/** A datagram socket, which Node has not: Perl is part of every Debian. */
const LISTENER = `use Socket; $| = 1; socket(S, AF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; print "open\\n";
while (defined(recv(S, $m, 4096, 0))) { for (split /\\n/, $m) { print "$_\\n" } }`

test('what systemd’s own program sends arrives where systemd listens', async (context) => {
  const socket = join(directory, 'notify')
  const perl = spawn('perl', ['-e', LISTENER, socket], { stdio: ['ignore', 'pipe', 'ignore'] })
  const there = spawn('systemd-notify', ['--version'], { stdio: 'ignore' })
  const hasBoth = await Promise.all([once(perl, 'spawn'), once(there, 'spawn')]).catch(() => undefined)
  if (!hasBoth) {
    perl.kill()
    return context.skip('there is no systemd-notify here')
  }
  const heard: string[] = []
  createInterface({ input: perl.stdout }).on('line', (line) => heard.push(line))
  await until('somebody listens', () => heard.includes('open'))
  const log = quietLog(heard)
  {
    const env = { ...WATCHED, NOTIFY_SOCKET: socket, PATH: process.env['PATH'] }
    await using manager = openServiceManager({ env, health: wellness(), log })
    manager.ready('serving')
    await until('it is alive', () => heard.includes('WATCHDOG=1'))
    manager.stopping()
  }
  await until('all is heard', () => heard.includes('STOPPING=1'))
  expect(heard.filter((line) => !/^BARRIER|WATCHDOG/.test(line)).slice(1, 4)).toEqual([
    'READY=1',
    'STATUS=serving',
    'STOPPING=1',
  ])
  perl.kill()
})
