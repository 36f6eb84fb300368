import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { openTestNetwork } from '../support/network.js'
import { takeTime } from '../support/take-time.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

let network: Network
let directory: string
beforeAll(async () => {
  network = await openTestNetwork()
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
}, 60_000)
afterAll(async () => {
  await network?.[Symbol.asyncDispose]()
})

const call = (method: string, ...rest: string[]) => [
  'call',
  network.names.organization,
  network.names.service,
  method,
  '--config',
  network.configFile,
  '--key-file',
  network.keyFile,
  ...rest,
]

describe('the two names', () => {
  test.each([
    ['run', 'snetd'],
    ['infra', 'infra'],
  ] as const)('bin/%s.js speaks of itself as %s and offers all commands', async (name, bin) => {
    const { stdout, code } = await runCli(['--help'], { name })
    expect(code).toBe(0)
    expect(stdout).toContain(`$ ${bin} [COMMAND]`)
    for (const command of ['call', 'sandbox', 'serve']) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
    const help = await runCli(['call', '--help'], { name })
    expect(help.stdout).toContain(`$ ${bin} call ExampleOrg`)
  })

  test('an unknown command is a usage error', async () => {
    expect(await runCli(['nonsense'])).toMatchObject({ code: 2, stdout: '' })
    expect((await runCli(['serve', '--nonsense'])).code).toBe(2)
    const json = await runCli(['nonsense', '--json'])
    expect(json).toMatchObject({ code: 2, stdout: '' })
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { kind: 'invalid-request' } })
  })
})

describe('call', () => {
  test('pays and prints the answer as JSON', async () => {
    const { code, stdout, stderr } = await runCli(call('mul', '-d', '{"a": 6, "b": 7}'))
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Paid 10 cogs on channel 0, \d+ left\.\n$/)
    expect(JSON.parse(stdout)).toEqual({ value: 42 })
  })

  test('prints a stream as JSON lines', async () => {
    const { stdout } = await runCli(call('Calculator/count', '-d', '{"a": 1, "b": 3}'))
    expect(stdout).toBe('{"value":1}\n{"value":2}\n{"value":3}\n')
  })

  test('reads a stream of requests from a producer that takes its time', async () => {
    async function* slowly() {
      yield '{"value": 1}\n'
      await takeTime(2_000)
      yield '{"value": 2}\n{"value": 3}'
    }
    expect((await runCli(call('running_sum', '-d', '-'), { input: slowly() })).stdout).toBe(
      '{"value":1}\n{"value":3}\n{"value":6}\n',
    )
  })

  test('leaves stdin alone when it was not asked for it', async () => {
    expect((await runCli(call('add', '-d', '{"a": 1}'), { input: ['nonsense'] })).stdout).toContain('"value": 1')
  })

  test('reads a request from a file', async () => {
    const file = join(directory, 'request.json')
    await writeFile(file, '{"a": 10, "b": 4}')
    expect(JSON.parse((await runCli(call('sub', '-d', `@${file}`))).stdout)).toEqual({ value: 6 })
  })

  test('shows with --dry-run what it would sign, and calls nothing', async () => {
    const before = network.calculator.calls
    const { stdout } = await runCli(call('add', '--dry-run', '--json'))
    const { would_sign } = JSON.parse(stdout) as { would_sign: Record<string, string> }
    expect(would_sign).toMatchObject({
      method: '/example_service.Calculator/add',
      channel: '0',
      nonce: '0',
      price: '10',
    })
    expect(BigInt(would_sign['amount'] as string) - BigInt(would_sign['amount_before'] as string)).toBe(10n)
    expect(network.calculator.calls).toBe(before)
  })

  test('tells with --json what was paid, each call on top of the one before', async () => {
    const amounts: bigint[] = []
    const left: bigint[] = []
    for (let i = 0; i < 2; i++) {
      const { stdout } = await runCli(call('add', '-d', '{"a": 1}', '--json'))
      const { result, payment } = JSON.parse(stdout) as { result: unknown; payment: Record<'amount' | 'left', string> }
      expect(result).toEqual({ value: 1 })
      amounts.push(BigInt(payment.amount))
      left.push(BigInt(payment.left))
    }
    expect((left[0] as bigint) - (left[1] as bigint)).toBe(10n)
    expect((amounts[1] as bigint) - (amounts[0] as bigint)).toBe(10n)
  })

  test('takes the key from the environment', async () => {
    const args = call('add', '-d', '{"a": 3}').filter((arg) => arg !== '--key-file' && arg !== network.keyFile)
    expect((await runCli(args, { env: { SNETD_PRIVATE_KEY: network.client.key } })).stdout).toContain('"value": 3')
    expect(await runCli(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('SNETD_PRIVATE_KEY') })
  })

  const failures: [name: string, args: () => string[], code: number, text: string][] = [
    ['an unknown method', () => call('nothing'), 6, 'the service has no method "nothing"'],
    ['an unknown field', () => call('add', '-d', '{"c": 1}'), 2, 'c is not a field of Numbers'],
    ['a request that is no JSON', () => call('add', '-d', '{'), 2, 'invalid JSON in the request'],
    [
      'a price above the bound',
      () => call('add', '--max-price', '9'),
      5,
      'the call costs 10 cogs, more than --max-price 9',
    ],
    ['a channel that does not exist', () => call('add', '--channel', '99'), 6, 'there is no channel 99'],
    [
      'an error of the service',
      () => call('div', '-d', '{"a": 1}'),
      7,
      'the service answered INVALID_ARGUMENT: 1 and 0 have no such result',
    ],
    [
      'a daemon that is away',
      () => call('add', '--endpoint', '127.0.0.1:1'),
      3,
      'cannot connect to 127.0.0.1:1: nothing listens there',
    ],
    [
      'an unknown service',
      () => ['call', 'ExampleOrg', 'Nothing', ...call('add').slice(3)],
      6,
      'service "Nothing" of organisation "ExampleOrg" is not registered',
    ],
    [
      'a node URL that is none',
      () => call('add', '--rpc', 'nonsense'),
      3,
      'no Ethereum node answers at the configured address',
    ],
    [
      'a Registry that is none',
      () => call('add', '--registry', `0x${'1'.repeat(40)}`),
      2,
      'no Registry contract at 0x1111111111111111111111111111111111111111',
    ],
    ['no network', () => ['call', 'a', 'b', 'c'], 2, 'missing --rpc, --registry, --ipfs'],
  ]
  test.each(failures)('%s ends with its exit code and says what', async (_name, args, code, text) => {
    const failed = await runCli(args())
    expect(failed.stderr).toContain(text)
    expect(failed.code).toBe(code)
    expect(failed.stdout).toBe('')
    const json = await runCli([...args(), '--json'])
    expect({ code: json.code, stdout: json.stdout }).toEqual({ code, stdout: '' })
    expect((JSON.parse(json.stderr) as { error: { message: string } }).error.message).toContain(text)
  })
})

describe('describe', () => {
  const about = (...rest: string[]) => [
    ...['describe', network.names.organization, network.names.service, ...rest, '--config', network.configFile],
  ]

  test('shows endpoints, methods, prices, the fields of messages, and the channels of a key', async () => {
    const { code, stdout, stderr } = await runCli([...about(), '--key-file', network.keyFile])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^service {3}ExampleOrg \/ ExampleSvc, group default_group$/m)
    expect(stdout).toMatch(/^endpoint {2}http:\/\/127\.0\.0\.1:\d+$/m)
    expect(stdout).toMatch(/^paid to {3}0x[0-9a-fA-F]{40}, escrow 0x/m)
    expect(stdout).toMatch(
      /^\/example_service\.Calculator\/add +10 +example_service\.Numbers +example_service\.Result$/m,
    )
    expect(stdout).toMatch(/\/running_sum +10 +stream example_service\.Number +stream example_service\.Result$/m)
    expect(stdout).toContain('example_service.Numbers\n  a: double\n  b: double\n')
    expect(stdout).toMatch(/^ +0 +10000 +\d+$/m)
  })

  test('of one method, with --json in full and without a key', async () => {
    const { stdout } = await runCli(about('add', '--json'))
    const shapes = (name: string, ...fields: string[]) => [
      {
        name: `example_service.${name}`,
        fields: fields.map((field) => ({ name: field, type: 'double', oneof: null })),
      },
    ]
    expect(JSON.parse(stdout)).toEqual({
      ...{ organization: 'ExampleOrg', service: 'ExampleSvc', group: 'default_group', faults: [], channels: null },
      recipient: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
      escrow: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
      endpoints: [expect.stringMatching(/^http:/)],
      methods: [
        {
          path: '/example_service.Calculator/add',
          price: '10',
          requestStream: false,
          responseStream: false,
          request: shapes('Numbers', 'a', 'b'),
          response: shapes('Result', 'value'),
        },
      ],
    })
    expect(await runCli(about('nothing'))).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('the service has no method "nothing"'),
    })
  })
})

describe('serve', () => {
  const configWith = async (changes: Record<string, unknown>): Promise<string> => {
    const config = JSON.parse(await readFile(network.configFile, 'utf8')) as Record<string, unknown>
    const file = join(directory, 'changed.json')
    await writeFile(
      file,
      JSON.stringify({
        ...config,
        daemon_endpoint: '127.0.0.1:0',
        data_dir: join(directory, 'data'),
        startup_timeout: '0s',
        ...changes,
      }),
    )
    return file
  }
  const serve = async (changes: Record<string, unknown>) => await runCli(['serve', '-c', await configWith(changes)])

  const failures: [name: string, changes: () => Record<string, unknown>, code: number, text: string][] = [
    [
      'a user of etcd without a password',
      () => ({ payment_channel_storage_client: { username: 'snetd' } }),
      2,
      'username and password_file belong together',
    ],
    ['no storage type', () => ({ payment_channel_storage_type: null }), 2, 'choose where payments are kept'],
    [
      'a node that is away',
      () => ({ ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1/secret-key' }),
      3,
      'the Ethereum node at 127.0.0.1:1 did not answer',
    ],
    [
      'a metadata host that is away',
      () => ({ ipfs_endpoint: 'http://127.0.0.1:1', data_dir: join(directory, 'never-started') }),
      3,
      '127.0.0.1:1/api/v0/cat',
    ],
    [
      'an organisation nobody registered',
      () => ({ organization_id: 'Nobody' }),
      6,
      'organisation "Nobody" is not registered',
    ],
    ['a service nobody registered', () => ({ service_id: 'Nothing' }), 6, 'service "Nothing"'],
    [
      'a group that is not published',
      () => ({ daemon_group_name: 'x' }),
      2,
      'group name x in config is invalid, there was no group found with this name in the metadata',
    ],
    ['a Registry that is none', () => ({ registry_address_key: `0x${'1'.repeat(40)}` }), 2, 'no Registry contract at'],
    [
      'a data directory of a living daemon',
      () => ({ data_dir: network.dataDir }),
      3,
      'belongs to a daemon that is running, pid ',
    ],
  ]
  test.each(failures)('%s ends with its exit code and the cure', async (_name, changes, code, text) => {
    const failed = await serve(changes())
    expect(failed.stderr).toContain(text)
    expect(failed.stderr).toContain('Hint:')
    expect(failed.code).toBe(code)
    expect(failed.stderr).not.toContain('secret-key')
  })

  test('a busy port ends with 2 and names the key', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const { port } = busy.address() as { port: number }
    const failed = await serve({ daemon_endpoint: `127.0.0.1:${port}` })
    expect(failed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`daemon_endpoint 127.0.0.1:${port} cannot be listened on`),
    })
    busy.close()
  })

  test('port 0 takes a free one and tells it; the process that was started is the daemon', async () => {
    const child = spawn(process.execPath, [
      join(packageRoot, 'bin', 'run.js'),
      'serve',
      '-c',
      await configWith({ log: { level: 'error' } }),
    ])
    const line = await new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done))
    expect(line).toMatch(/^ready endpoint=127\.0\.0\.1:[1-9]\d*$/)
    expect((await readFile(join(directory, 'data', 'snetd.pid'), 'utf8')).trim()).toBe(String(child.pid))
    const port = Number(line.split(':')[1])
    child.kill('SIGKILL')
    await once(child, 'close')
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  })

  test('says so where no native secp256k1 is to be had, and checks signatures in WebAssembly', async () => {
    const child = spawn(process.execPath, [
      '--require',
      join(packageRoot, 'test', 'support', 'without-secp256k1.cjs'),
      join(packageRoot, 'bin', 'run.js'),
      'serve',
      '-c',
      await configWith({}),
    ])
    const lines: string[] = []
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
    const ready = await new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done))
    expect(lines.join('\n')).toContain('no native secp256k1 for this platform')
    const endpoint = ready.replace('ready endpoint=', '')
    const channel = await network.openChannel()
    const paid = await runCli(
      call('add', '-d', '{"a": 1, "b": 2}', '--endpoint', endpoint, '--channel', String(channel)),
    )
    expect(paid).toMatchObject({ code: 0, stderr: `Paid 10 cogs on channel ${channel}, 9990 left.\n` })
    child.kill('SIGTERM')
    await once(child, 'close')
  })

  test('goes on when nobody reads its stdout any more', async () => {
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), 'serve', '-c', await configWith({})])
    child.stdout.destroy()
    const log = createInterface({ input: child.stderr })
    const line = await new Promise<string>((done) => log.on('line', (one) => one.includes('serving') && done(one)))
    const endpoint = /"endpoint":"([^"]+)"/.exec(line)?.[1]
    // The ready line went nowhere before this answer.
    expect((await fetch(`http://${endpoint}/`)).status).toBe(404)
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })
})

describe('sandbox', () => {
  test('--once --json prints one line with everything a program needs, and removes what it made', async () => {
    const { code, stdout, stderr } = await runCli(['sandbox', '--once', '--json'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    const told = JSON.parse(stdout) as Record<string, unknown>
    expect(told).toEqual({
      endpoint: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      chain: {
        rpc: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        chain_id: 42,
        registry: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
        mpe: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
        token: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
      },
      keys: { client: expect.stringMatching(/^0x[0-9a-f]{64}$/), provider: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
      org: 'ExampleOrg',
      service: 'ExampleSvc',
      group: 'default_group',
      channel: { id: '0', nonce: '0', amount_before: '0', amount_after: '30', price: '10' },
      claim: { channel: '1', amount: '10', wallet_before: '0', wallet_after: '10' },
      metadata_endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      config_file: expect.stringMatching(/snetd\.config\.json$/),
      data_dir: expect.stringMatching(/snetd-data$/),
      python_dir: expect.stringMatching(/python$/),
    })
    await expect(readFile(told['config_file'] as string)).rejects.toThrow('ENOENT')
  })

  test('stays up until it is told to stop, and shows plain lines where there is no terminal', async () => {
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'infra.js'), 'sandbox', 'pay'])
    const lines: string[] = []
    await new Promise<void>((done) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line)
        if (line.startsWith('Ctrl-C ends')) done()
      })
    })
    const shown = lines.join('\n')
    expect(shown).toContain('Start the payment gate: 127.0.0.1:')
    expect(shown).toMatch(/^add +0 +0 +0 +10 +10 +10000$/m)
    expect(shown).not.toContain('\u001b[')
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  test('takes chain and daemon with it when it is killed', async () => {
    const kept = join(directory, 'killed-sandbox')
    const args = ['sandbox', '--json', '--directory', kept]
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), ...args])
    const line = await new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done))
    const { endpoint, chain } = JSON.parse(line) as { endpoint: string; chain: { rpc: string } }
    const urls = [`http://${endpoint}`, chain.rpc]
    for (const url of urls) expect((await fetch(url)).status).toBeGreaterThan(0)
    child.kill('SIGKILL')
    for (const url of urls) {
      await until('the daemon is gone', () =>
        fetch(url).then(
          () => false,
          () => true,
        ),
      )
    }
  })

  test('says where to get anvil when there is none', async () => {
    const { findAnvil } = await import('../../src/sandbox/anvil.js')
    expect(() => findAnvil('', [])).toThrow(
      expect.objectContaining({ kind: 'not-found', hint: expect.stringContaining('npm install') }),
    )
  })
})
