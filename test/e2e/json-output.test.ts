import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readManifest } from '../../src/client/help/index.js'
import { openInfraSandbox } from '../../src/sandbox/infra.js'
import { packageRoot } from '../../src/shared/package.js'
import { type CliResult, runCli } from '../support/cli.js'
import { jsonCommand, jsonFaults } from '../support/json-faults.js'
import { openTestNetwork } from '../support/network.js'
import { tempDir } from '../support/temp-dir.js'

// What `runCli` gets with --json is held against the schema there.

let directory: string
beforeAll(async () => {
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})

const shown = new Set<string>()
const ran = (args: readonly string[], { stdout }: CliResult): void => {
  if (stdout.trim() !== '') shown.add(jsonCommand(args) ?? '')
}

/** Runs commands one after the other; each prints JSON. */
async function runAll(lines: readonly (readonly string[])[], env: Readonly<Record<string, string>> = {}) {
  for (const line of lines) {
    const args = [...line, '--json']
    const result = await runCli(args, { cwd: directory, env })
    expect({ args, ...result }).toMatchObject({ args, code: 0, stdout: expect.stringMatching(/\S/) })
    ran(args, result)
  }
}

/** The first line of a command that goes on. */
async function firstLine(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...args, '--json'])
  const [stdout] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  child.kill('SIGINT')
  await once(child, 'close')
  const result = { code: 0, stdout, stderr: '' }
  expect(jsonFaults([...args, '--json'], result)).toEqual([])
  ran([...args, '--json'], result)
}

describe('with --json each command prints what its schema says', () => {
  test('settings and this host', { timeout: 120_000 }, async () => {
    const bin = join(directory, 'bin')
    await mkdir(bin)
    await writeFile(join(bin, 'systemctl'), '#!/bin/sh\necho ActiveState=active; echo MainPID=7\n')
    await chmod(join(bin, 'systemctl'), 0o755)
    await runAll(
      [
        ['version'],
        ['autocomplete', 'bash'],
        ['init'],
        ['config', 'explain'],
        ['service', 'install', '--user'],
        ['service', 'status', '--user'],
        ['service', 'uninstall', '--user'],
      ],
      { XDG_CONFIG_HOME: join(directory, 'home'), PATH: `${bin}:${process.env['PATH']}` },
    )
    // What is to be filled in is wrong until then.
    const validate = ['config', 'validate', '--json']
    const invalid = await runCli(validate, { cwd: directory })
    expect(invalid.code).toBe(2)
    ran(validate, invalid)
  })

  test('a network of payments', { timeout: 120_000 }, async () => {
    await using network = await openTestNetwork()
    const { organization, service } = network.names
    const paying = ['-c', network.configFile, '--key-file', network.keyFile]
    await runAll([
      ['status', '-c', network.configFile],
      ['config', 'validate', network.configFile],
      ['describe', organization, service, ...paying],
      ['call', organization, service, 'add', '--dry-run', ...paying],
      ['call', organization, service, 'add', ...paying],
      ['call', organization, service, 'count', '-d', '{"a": 1, "b": 3}', ...paying],
    ])
  })

  test('test hosts', { timeout: 300_000 }, async () => {
    await using sandbox = await openInfraSandbox({
      peers: 2,
      seed: 'json',
      config: { infra_log_dir: directory, infra_log_target: join(directory, 'logs.tar.gz') },
    })
    const { inventory, hosts } = sandbox
    const one = ['--host', hosts[0]?.address ?? '']
    const all = ['--inventory', inventory]
    const plan = ['--size', '100B', '--interval', '20ms', '--amount', '5', '--drain', '500ms']
    await runAll([
      ['peer', 'connect', ...all],
      ['peer', 'list', ...all],
      ['peer', 'test', ...all],
      ['peer', 'reliability', '0,0', ...all],
      ['group', 'create', 'chat', ...all],
      ['group', 'list', ...one],
    ])
    const [group] = (await sandbox.fleet.peers[0]?.call('ListGroups', {}))?.groups ?? []
    const chat = Buffer.from(group?.public_key ?? []).toString('hex', 0, 4)
    // A group is taken by the start of its key as well as by its name.
    await runAll([
      ['group', 'invite', chat, ...one],
      ['group', 'receive', 'start', chat, ...all],
      ['test', 'new', chat, '0', ...plan, ...all],
      ['test', 'start', chat, '0', '--wait-ready', '30s', ...all],
      ['test', 'watch', chat, '0', ...all],
      ['test', 'status', chat, '0', ...one],
      ['test', 'list', ...all],
      ['test', 'runs', ...all],
      ['test', 'report', ...all],
      ['group', 'messages', chat, ...all],
      ['peer', 'status', ...all],
      ['peer', 'logs', ...all],
      ['test', 'stop', chat, '0', ...all],
      ['group', 'receive', 'stop', chat, ...one],
      ['status', '--data-dir', hosts[0]?.dataDir ?? ''],
    ])
    await firstLine(['peer', 'watch', ...all])
    await firstLine(['group', 'messages', 'chat', '--follow', ...all])
    const shared = ['group', 'create', 'chat', '--json', ...one]
    const { invite } = JSON.parse((await runCli(shared)).stdout) as { invite: string }
    await runAll([
      ['group', 'leave', chat, '--host', hosts[1]?.address ?? ''],
      ['group', 'join', 'chat', '--invite', invite, '--host', hosts[1]?.address ?? ''],
    ])
  })
})

/** `serve` prints none; the others are run with --json by tests of their own. */
const ELSEWHERE = /^(?:serve|doctor|sandbox(?::.*)?|(?:account|channel|claims?|freecall|storage)(?::.*)?)$/

afterAll(() => {
  const commands = Object.values(readManifest().commands).flatMap(({ id, hidden }) => (hidden ? [] : [id]))
  expect(commands.filter((id) => !shown.has(id) && !ELSEWHERE.test(id))).toEqual([])
})
