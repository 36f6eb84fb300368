import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { controlSocketOf } from '../../src/shared/control-socket.js'
import { packageRoot } from '../../src/shared/package.js'
import { getStatus } from '../../src/shared/wire/grpc/index.js'
import { tempDir, type TempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

let directory: TempDir
beforeAll(async () => {
  directory = await tempDir()
})
afterAll(() => directory.remove())

/** The command line with what bash makes of its outputs. */
const start = (args: string, outputs: string) =>
  spawn('bash', ['-c', `exec '${process.execPath}' '${join(packageRoot, 'bin/run.js')}' ${args} ${outputs}`], {
    env: { PATH: process.env['PATH'], HOME: directory.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function writeConfig(name: string, log = 'text'): Promise<{ file: string; dataDir: string }> {
  const [file, dataDir] = [join(directory.path, `${name}.json`), join(directory.path, name)]
  const settings = {
    blockchain_enabled: false,
    passthrough_enabled: false,
    organization_id: 'o',
    service_id: 's',
    service_endpoint: 'http://127.0.0.1:9',
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:9',
    daemon_endpoint: '127.0.0.1:0',
    data_dir: dataDir,
    log: { formatter: { type: log } },
  }
  await writeFile(file, JSON.stringify(settings))
  return { file, dataDir }
}

const REASON = 'cannot write to stdout: no space left on device'

describe('a command whose stdout has no room says so, and why', () => {
  const commands = ['--help', '--version', 'version', 'help serve', 'config explain -c FILE', 'config validate -c FILE']
  test.each(commands)('%s', async (command) => {
    const { file } = await writeConfig('asked')
    const child = start(command.replace('FILE', file), '> /dev/full')
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect([stderr, code]).toEqual([`Error: ${REASON}\n`, 3])
  })

  test('as an object with --json', async () => {
    const { file } = await writeConfig('asked')
    const child = start(`config explain --json -c ${file}`, '> /dev/full')
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect([JSON.parse(stderr), code]).toEqual([{ error: { kind: 'storage-failed', message: REASON } }, 3])
  })
})

describe('a daemon serves on', () => {
  const serves = async (name: string, outputs: string, log?: string): Promise<string> => {
    const { file, dataDir } = await writeConfig(name, log)
    const child = start(`serve -c ${file}`, outputs)
    const closed = once(child, 'close')
    const stderr = text(child.stderr)
    const isServing = async (): Promise<boolean> => {
      expect(child.exitCode).toBeNull()
      const socket = await controlSocketOf(dataDir).catch(() => undefined)
      if (socket === undefined) return false
      const status = await getStatus(socket, 5_000).catch(() => undefined)
      return status?.phase === 'SERVING'
    }
    await until('it serves', isServing, { everyMs: 50 })
    child.kill('SIGTERM')
    expect(await closed).toEqual([0, null])
    return stderr
  }

  test('without room for its stdout, and logs that once', async () => {
    const log = await serves('no-stdout', '> /dev/full')
    expect(log.split(REASON)).toHaveLength(2)
  })

  test.each(['text', 'json'])('without room for its log of %s', async (format) => {
    expect(await serves(`no-log-${format}`, '2> /dev/full', format)).toBe('')
  })
})
