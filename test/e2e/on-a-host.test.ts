import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { startChild } from '../../src/sandbox/child.js'
import { daemonSchema } from '../../src/settings/index.js'
import type { Schema } from '../../src/settings/engine.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { RawClient } from '../support/echo-service.js'
import { type StartedGate, startGate, writeGateConfig } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { otherNodes } from '../support/other-nodes.js'
import { ADD, asMetadata, Payer, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { type PrefixProxy, startPrefixProxy } from '../support/prefix-proxy.js'
import { until } from '../support/until.js'

/** One network for what a daemon does on hosts of other kinds, and leaves on them. */
let network: Network
beforeAll(async () => {
  network = await openTestNetwork()
}, 120_000)
afterAll(() => network?.[Symbol.asyncDispose]())

const program = join(packageRoot, 'bin', 'run.js')

function clientOf(endpoint: string): RawClient {
  const [host, port] = endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

/** What systemd starts a service with, and a program in place of its own that writes down what it is to tell. */
async function standInForSystemd(name: string) {
  const bin = join(network.directory, name)
  await mkdir(bin)
  const script = '#!/bin/sh\nfor word; do echo "$word" >> "$NOTIFY_SOCKET"; done\n'
  await writeFile(join(bin, 'systemd-notify'), script, { mode: 0o755 })
  const told = join(bin, 'told')
  return {
    env: { PATH: `${bin}:${process.env['PATH']}`, NOTIFY_SOCKET: told },
    told: async () => {
      const words = (await readFile(told, 'utf8').catch(() => '')).trim().split('\n')
      return words.filter((word) => !word.startsWith('STATUS='))
    },
  }
}

describe.concurrent.each(otherNodes)('on $name', ({ name, program: node }) => {
  test('the gate is paid, keeps it with native parts, tells it and systemd, and stops', async (context) => {
    if (!existsSync(node)) return context.skip('"npm test" fetches it, on Linux with x64')
    const run = async (...args: string[]): Promise<string> =>
      (await promisify(execFile)(node, [program, ...args], { env: { PATH: process.env['PATH'] } })).stdout
    expect(await run('--version')).toContain(`node-v${name.slice('node'.length)}.`)
    const { file, dataDir } = await writeGateConfig(network, name)
    const systemd = await standInForSystemd(name)
    const args = [program, 'serve', '-c', file]
    await using gate = await startChild({ command: node, args, ready: /endpoint=(\S+)/, env: systemd.env })
    using client = clientOf(gate.ready)
    const payer = new Payer(network, network.channel)
    for (let i = 0; i < 3; i++) expect(await payer.pay(client)).toMatchObject({ code: 0 })
    const status = JSON.parse(await run('status', '--json', '--data-dir', dataDir)) as object
    expect(status).toMatchObject({ healthy: true, gate: { storage: 'embedded', cogs_signed: String(payer.confirmed) } })
    expect(await run('doctor', '-c', file)).toMatch(/^ok +crypto +signatures are checked by native code/m)
    gate.process.kill('SIGHUP')
    await until('the settings are read again', async () => (await systemd.told()).length === 3)
    gate.process.kill('SIGTERM')
    expect(await gate.ended).toBe(0)
    expect(await systemd.told()).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1'])
  }, 120_000)
})

test('doctor warns where signatures are checked without native code', async () => {
  const without = join(packageRoot, 'test/support/without-secp256k1.cjs')
  const { stdout } = await runCli(['doctor', '-c', network.configFile], {
    env: { NODE_OPTIONS: `--require ${without}` },
  })
  expect(stdout).toMatch(/^warn +crypto +no native secp256k1[^\n]*\n +Install again/m)
})

const KEY = 'ca'.repeat(32)
const METERING_KEY = 'cb'.repeat(32)
/** What no output may have in it. */
const CANARY = /canary|caca|cbcb/i

describe('secrets of the settings', () => {
  let node: PrefixProxy
  let content: PrefixProxy
  let gate: StartedGate
  let file: string
  beforeAll(async () => {
    const config = JSON.parse(await readFile(network.configFile, 'utf8')) as Record<string, string>
    node = await startPrefixProxy(network.rpc, 'canary-node')
    content = await startPrefixProxy(config['ipfs_endpoint'] as string, 'canary-ipfs')
    const secretFile = async (name: string): Promise<string> => {
      const path = join(network.directory, name)
      await writeFile(path, `canary-${name}`, { mode: 0o600 })
      return path
    }
    const byKey: Record<string, string> = {
      private_key_for_metering: METERING_KEY,
      ethereum_json_rpc_http_endpoint: node.url,
      ethereum_json_rpc_ws_endpoint: 'ws://127.0.0.1:1/canary-ws',
      ipfs_endpoint: content.url,
    }
    const byType: Record<string, string> = { URL: 'http://127.0.0.1:1/canary-path', 'private key': KEY }
    const fields: Schema = daemonSchema
    const secrets = Object.fromEntries(
      Object.entries(fields).flatMap(([key, { secret, type }]): [string, string][] =>
        secret ? [[key, byKey[key] ?? byType[type] ?? `canary of 32 bytes or more in ${key}`]] : [],
      ),
    )
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining([...Object.keys(byKey), 'token_secret_key']))
    const changes = {
      ...secrets,
      service_credentials: [{ key: 'key', value: 'canary-credential', location: 'header' }],
      payment_channel_storage_client: { username: 'u', password_file: await secretFile('password') },
      ...{ infra_enabled: true, infra_endpoint: '127.0.0.1:0', infra_berty_endpoint: '127.0.0.1:1' },
      infra_token_file: await secretFile('infra-token'),
      ...{
        metrics_endpoint: '127.0.0.1:0',
        chain_stale_limit: '1s',
        log: { level: 'debug', formatter: { type: 'json' } },
      },
    }
    gate = await startGate(network, 'secrets', changes, {
      NODE_OPTIONS: `--require ${join(packageRoot, 'test/support/crash-on-signal.cjs')}`,
      ...{ CRASH_URL: `${node.url}/v3`, CRASH_SECRET: secrets['blockchain_provider_api_key'] as string },
    })
    file = join(network.directory, 'secrets.json')
  }, 120_000)
  afterAll(async () => {
    await gate?.[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
    await content?.[Symbol.asyncDispose]()
  })

  const withoutCanary = (what: string, text: string): void => {
    expect({ what, found: text.split('\n').filter((line) => CANARY.test(line)) }).toEqual({ what, found: [] })
  }

  test('are in nothing that the daemon and its commands tell', async () => {
    using client = clientOf(gate.endpoint)
    const payer = new Payer(network, network.channel)
    expect(await payer.pay(client)).toMatchObject({ code: 0 })
    const refused = asMetadata(paymentHeaders(network, { channel: 77n, amount: 1n }))
    const { code, details } = await client.call(ADD, [TWO_AND_THREE], { metadata: refused })
    expect(code).not.toBe(0)
    withoutCanary('a refusal', details)

    const metrics = /metrics=(\S+)/.exec(gate.readyLine)?.[1] ?? ''
    for (const path of ['/metrics', '/', '/data.json']) {
      const answer = await fetch(`http://${metrics}${path}`)
      expect([path, answer.status]).toEqual([path, 200])
      withoutCanary(path, await answer.text())
    }
    for (const path of ['/heartbeat', '/readyz'])
      withoutCanary(path, await (await fetch(`http://${gate.endpoint}${path}`)).text())

    const home = join(network.directory, 'home')
    await mkdir(home)
    const commands = [
      ...[
        ['config', 'explain'],
        ['config', 'explain', '--json'],
        ['doctor', '--json'],
      ],
      ...[['status'], ['status', '--json'], ['service', 'install', '--user', '--print']],
    ].map((line) => [...line, '-c', file])
    commands.push(['config', 'validate', file], ['serve', '--help-all'])
    for (const line of commands) {
      const { stdout, stderr } = await runCli(line, { env: { XDG_CONFIG_HOME: home, SNETD_DEBUG: '1' } })
      expect(`${line.join(' ')}: ${(stdout + stderr).length > 0}`).toBe(`${line.join(' ')}: true`)
      withoutCanary(line.join(' '), stdout + stderr)
    }
  }, 120_000)

  test('are in no log line, also when the node refuses, in no command line, and in nothing that a crash leaves', async () => {
    const { pid } = gate.child.process
    node.fail()
    await until('the node is away', async () => (await fetch(`http://${gate.endpoint}/readyz`)).status === 503)
    await until('that is logged', () => gate.child.lines.some((line) => line.includes('"level":"warn"')))
    expect(gate.child.lines.some((line) => line.includes('"level":"debug"'))).toBe(true)
    withoutCanary('command line', await readFile(`/proc/${pid}/cmdline`, 'utf8'))
    gate.child.process.kill('SIGUSR2')
    expect(await gate.child.ended).toBe(1)
    const told = gate.child.lines.join('\n')
    expect(told).toContain('a fault of its own that nobody caught')
    expect(told).toContain('crash-on-signal.cjs')
    withoutCanary('log and crash', told)
  }, 120_000)
})
