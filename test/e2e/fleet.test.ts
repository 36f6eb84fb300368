import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SnetError } from '../../src/shared/errors.js'
import { packageRoot } from '../../src/shared/package.js'
import type { GroupMessage, InviteMessage, PeerMessage, TestMessage } from '../../src/shared/wire/index.js'
import { runCli } from '../support/cli.js'
import { infraShell } from '../support/infra-shell.js'
import { takeTime } from '../support/take-time.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'
import { type ControlHost, type HostAnswers, lasting, startControlHost } from '../support/control-host.js'

const key = (byte: number): Buffer => Buffer.alloc(32, byte)
const SECRET = Buffer.from([0x0a, 0xfb, 0xff, 0xfe, 1, 2, 3, 4, 5])
const group = (of: number): GroupMessage => ({ name: 'chat', public_key: key(9), device_pk: key(of), receiving: true })
const invite = (name: string): InviteMessage => ({ group: { ...group(1), name }, invite: SECRET })
const connected: PeerMessage = { state: 'CONNECTED', endpoint: '127.0.0.1:9091', version: 'v2.471.2', era: 'E' }
const aTest = (changes: TestMessage = {}): TestMessage => ({ group: 'chat', test: '0', state: 'RUNNING', ...changes })

const hostAnswers = (of: number): HostAnswers => ({
  GetPeer: () => connected,
  CreateGroup: ({ name = '' }) => invite(name),
  GetInvite: ({ name = '' }) => invite(name),
  JoinGroup: ({ name = '' }) => ({ ...group(of), name }),
  ListGroups: () => ({ groups: [group(of)] }),
  StartReceiving: () => group(of),
  NewTest: ({ group: name = '', test: key = '', plan = {} }) => aTest({ group: name, test: key, plan }),
  StartTest: ({ run_id = '' }) => aTest({ run_id, running: true }),
})

let hosts: ControlHost[]
let directory: string
beforeAll(async () => {
  hosts = [await startControlHost(hostAnswers(1)), await startControlHost(hostAnswers(2))]
  const temp = await tempDir()
  directory = temp.path
  return temp.remove
})
afterAll(async () => {
  for (const host of hosts) await host[Symbol.asyncDispose]()
})

const at = (...hosted: ControlHost[]): string[] => hosted.flatMap(({ address }) => ['--host', address])
const infra = (args: readonly string[], input?: Iterable<string> | AsyncIterable<string>) =>
  runCli(args, { name: 'infra', ...(input && { input }) })
const jsonOf = (stdout: string): unknown => JSON.parse(stdout)
const first = (): ControlHost => hosts[0] as ControlHost
const asked = (host: ControlHost, method: string): unknown[] =>
  host.asked.flatMap((one) => (one.method === method ? [one.request] : []))

test('peer status tells what reading costs, what is left to do, and how far behind it is, by the sender’s clock', async () => {
  const aheadUs = 3_600_000_000
  const sentAt = String(Date.now() * 1_000 - 5_000_000 + aheadUs)
  const now = (): string => String(Date.now() * 1_000 + aheadUs)
  await using sender = await startControlHost({
    ...hostAnswers(3),
    GetClock: () => ({ received_at: now(), answered_at: now() }),
  })
  await using reader = await startControlHost({
    ...hostAnswers(4),
    GetPeer: () => ({
      ...connected,
      ...{ lists: { count: '3', events: '2681', ms: '4400' }, unread: '7' },
      newest_live: { device_pk: key(3), sent_at: sentAt },
    }),
    GetClock: () => ({ received_at: String(Date.now() * 1_000), answered_at: String(Date.now() * 1_000) }),
  })
  const { stdout } = await infra(['peer', 'status', '--json', ...at(sender, reader)])
  const [of, by] = (jsonOf(stdout) as { result: Record<string, unknown> }[]).map(({ result }) => result)
  expect(of).toMatchObject({ behind_ms: null, unread: 0, lists: { count: 0, events: 0, ms: 0 } })
  expect(by).toMatchObject({ unread: 7, lists: { count: 3, events: 2_681, ms: 4_400 } })
  expect(by?.['behind_ms']).toBeGreaterThan(4_900)
  expect(by?.['behind_ms']).toBeLessThan(30_000)
})

describe('one host or several', () => {
  test('one host answers with the result itself', async () => {
    const { code, stdout, stderr } = await infra(['peer', 'list', '--json', ...at(first())])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(jsonOf(stdout)).toMatchObject({ state: 'connected', berty_version: 'v2.471.2' })
  })

  test('several answer with an array; one that is away is named and decides the exit code', async () => {
    await using away = await startControlHost()
    const hosted = at(first(), away)
    await away[Symbol.asyncDispose]()
    const { code, stdout, stderr } = await infra(['peer', 'list', '--json', ...hosted])
    expect(code).toBe(3)
    expect(jsonOf(stdout)).toMatchObject([
      { peer: first().address, ok: true, result: { state: 'connected' } },
      { peer: away.address, ok: false, error: { kind: 'unavailable' } },
    ])
    expect(jsonOf(stderr)).toMatchObject({
      peer: away.address,
      error: { kind: 'unavailable', message: expect.stringContaining(`no control daemon answers at ${away.address}`) },
    })
    const shown = await infra(['peer', 'list', ...hosted])
    expect(shown.stderr).toContain(`${away.address}: Error: no control daemon answers at ${away.address}`)
  })

  test('names of an inventory are the names of results', async () => {
    const inventory = join(directory, 'hosts.yaml')
    await writeFile(
      inventory,
      `peers:\n${hosts.map(({ address }, n) => `  p${n}: {address: "${address}"}\n`).join('')}`,
    )
    const { stdout } = await infra(['group', 'list', '--json', '--inventory', inventory])
    expect(jsonOf(stdout)).toMatchObject([
      { peer: 'p0', ok: true, result: [{ name: 'chat' }] },
      { peer: 'p1', ok: true },
    ])
  })

  test('a Berty that is lost is 8, a refusal of the daemon its own code, text and hint', async () => {
    const lost = { GetPeer: () => ({ ...connected, state: 'LOST' as const, reason: 'went away' }) }
    await using host = await startControlHost({
      ...lost,
      LeaveGroup: () => {
        throw new SnetError('wrong-state', 'peer not in group', { hint: 'Join it.' })
      },
    })
    expect(await infra(['peer', 'status', ...at(first())])).toMatchObject({ code: 0 })
    expect(await infra(['peer', 'status', ...at(first(), host)])).toMatchObject({
      code: 8,
      stdout: expect.stringMatching(/ lost .* went away$/m),
    })
    expect(await infra(['group', 'leave', 'chat', ...at(host)])).toEqual({
      code: 5,
      stdout: '',
      stderr: 'Error: peer not in group\nHint:  Join it.\n',
    })
  })
})

test('a Berty that is tried tells of itself, and of nothing that was not asked', async () => {
  await using host = await startControlHost({ GetPeer: () => connected, ProbePeer: () => connected })
  const { stdout } = await infra(['peer', 'test', ...at(host)])
  expect(stdout.split('\n')[0]?.trim().split(/  +/)).toEqual(['peer', 'state', 'berty', 'version', 'era', 'account'])
  const json = jsonOf((await infra(['peer', 'test', '--json', ...at(host)])).stdout) as object
  expect(Object.keys(json)).not.toContain('connected_peers')
})

describe('invites', () => {
  test('go from one host to another through a pipe, and are never listed', async () => {
    const [from, to] = hosts.map(({ address }) => address)
    const { code } = await infraShell(
      `infra group create chat --json --host ${from} | jq -r .invite | infra group join chat --invite - --host ${to}`,
    )
    expect(code).toBe(0)
    expect(asked(hosts[1] as ControlHost, 'JoinGroup')).toMatchObject([{ name: 'chat', invite: SECRET }])
    const { stdout } = await infra(['group', 'list', '--json', ...at(...hosts)])
    expect(stdout).not.toContain(SECRET.toString('base64url'))
  })

  test('are waited for, however long their producer takes', async () => {
    await using host = await startControlHost(hostAnswers(1))
    const slow = async function* () {
      // Longer than any reader with a limit of its own waits.
      await takeTime(2_000)
      yield SECRET.toString('base64url').slice(0, 5)
      await takeTime(50)
      yield `${SECRET.toString('base64url').slice(5)}\n`
    }
    expect(await infra(['group', 'join', 'chat', '--invite', '-', ...at(host)], slow())).toMatchObject({ code: 0 })
    expect(asked(host, 'JoinGroup')).toMatchObject([{ invite: SECRET }])
  })

  test.each([
    ['a link', 'https://berty.tech/id#group/abc/name=chat', Buffer.from('https://berty.tech/id#group/abc/name=chat')],
    ['text', SECRET.toString('base64url'), SECRET],
  ])('may be %s', async (_, written, sent) => {
    await using host = await startControlHost(hostAnswers(1))
    await infra(['group', 'join', 'chat', '--invite', written, ...at(host)])
    expect(asked(host, 'JoinGroup')).toMatchObject([{ invite: sent }])
  })

  test.each([
    ['nothing', '', 'no invite arrived on stdin: the command before it failed'],
    ['null', 'null\n', 'no invite arrived on stdin: the command before it failed'],
    ['two words', 'two words', 'this is not an invite'],
  ])('%s is none, and no host is asked', async (_, input, text) => {
    await using host = await startControlHost(hostAnswers(1))
    const { code, stderr } = await infra(['group', 'join', 'chat', '--invite', '-', ...at(host)], [input])
    expect(code).toBe(2)
    expect(stderr).toContain(text)
    expect(host.asked).toEqual([])
  })

  test('a pipeline shows its first cause', async () => {
    await using away = await startControlHost()
    await away[Symbol.asyncDispose]()
    const { stderr } = await infraShell(
      `infra group create chat --json --host ${away.address} | jq -r .invite | infra group join chat --invite - --json --host ${first().address}`,
    )
    const errors = stderr.trim().split('\n').map(jsonOf)
    expect(errors).toMatchObject([
      { error: { message: expect.stringContaining(`no control daemon answers at ${away.address}`) } },
      { error: { message: 'no invite arrived on stdin: the command before it failed' } },
    ])
  })
})

test('a command within a loop leaves the loop its input', async () => {
  const { stdout } = await infraShell(
    `printf 'a\\nb\\nc\\n' | while read -r name; do infra group create "$name" --json --host ${first().address} | jq -r .group; done`,
  )
  expect(stdout).toBe('a\nb\nc\n')
})

test('an argument that is missing is asked for, not read from a pipe', async () => {
  expect(await infra(['group', 'create', ...at(first())], ['piped'])).toMatchObject({ code: 2 })
})

describe('tests', () => {
  test('sizes and times in the units of people become those of the wire, with one seed for all hosts', async () => {
    await using host = await startControlHost(hostAnswers(1))
    await using other = await startControlHost(hostAnswers(2))
    const plan = ['--size', '1.5kb', '--interval', '250ms', '--amount', '7', '--drain', '1.5s']
    expect(await infra(['test', 'new', 'chat', '03', ...plan, ...at(host, other)])).toMatchObject({ code: 0 })
    const [request, same] = [asked(host, 'NewTest'), asked(other, 'NewTest')]
    expect(request).toMatchObject([
      {
        ...{ group: 'chat', test: '03' },
        plan: { type: 'TEXT', size: '1500', interval_us: '250000', amount: '7', drain_us: '1500000' },
      },
    ])
    expect(request).toMatchObject([{ plan: { seed: expect.stringMatching(/^[0-9a-f]{16}$/) } }])
    expect(same).toEqual(request)
  })

  test('start makes one run of all hosts: they read first, and wait for each other where asked', async () => {
    await using host = await startControlHost(hostAnswers(1))
    await using other = await startControlHost(hostAnswers(2))
    const { code, stdout } = await infra([
      ...['test', 'start', 'chat', '0', '--wait-ready', '30s', '--json'],
      ...at(host, other),
    ])
    expect(code).toBe(0)
    const [one, two] = jsonOf(stdout) as { result: { run: string; running: boolean } }[]
    expect(one?.result).toMatchObject({ running: true, run: expect.stringMatching(/^[\w-]{36}$/) })
    expect(two?.result.run).toBe(one?.result.run)
    expect(host.asked.map(({ method }) => method)).toEqual(['StartReceiving', 'GetPeer', 'StartTest'])
    expect(asked(host, 'StartTest')).toMatchObject([{ wait_for_devices: [key(2)], wait_us: '30000000' }])
    expect(asked(other, 'StartTest')).toMatchObject([{ wait_for_devices: [key(1)] }])
  })

  test('start does not wait for a host that cannot say who it is: it says so', async () => {
    await using host = await startControlHost(hostAnswers(1))
    await using nameless = await startControlHost({ ...hostAnswers(2), StartReceiving: () => ({ name: 'chat' }) })
    const { code, stderr } = await infra(['test', 'start', 'chat', '0', '--wait-ready', '9', ...at(host, nameless)])
    expect(code).toBe(5)
    expect(stderr).toContain(`${nameless.address} cannot say yet which device it is`)
    expect(asked(host, 'StartTest')).toEqual([])
  })

  test('start is 3 where a host is away, and starts nowhere; where it may be missing, that is a warning', async () => {
    await using host = await startControlHost(hostAnswers(1))
    await using away = await startControlHost()
    const hosted = at(host, away)
    await away[Symbol.asyncDispose]()
    const start = ['test', 'start', 'chat', '0', '--json', ...hosted]
    expect(await infra(start)).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining(away.address) })
    expect(asked(host, 'StartTest')).toEqual([])
    const { code, stdout, stderr } = await infra([...start, '--allow-missing'])
    expect(code).toBe(0)
    expect(jsonOf(stderr)).toMatchObject({ warning: expect.stringContaining(`${away.address} takes no part`) })
    expect(jsonOf(stdout)).toMatchObject([{ ok: true }, { ok: false, error: { kind: 'unavailable' } }])
  })

  test('a report of a run that goes on says so, and is 10', async () => {
    const now = (): string => String(Date.now() * 1_000)
    await using host = await startControlHost({
      GetClock: () => ({ received_at: now(), answered_at: now() }),
      GetRun: () => ({ run_id: 'r1', groups: [group(1)], tests: [{ test: aTest(), device_pk: key(1) }] }),
      ReadLedger: () => [],
    })
    const { code, stdout } = await infra(['test', 'report', 'r1', ...at(host)])
    expect({ code, stdout }).toMatchObject({ code: 10, stdout: expect.stringContaining('Verdict: running') })
  })

  test('runs are listed, with the hosts that take part', async () => {
    const summary = { run_id: 'r1', started_at: '1000000', ended_at: '2000000', tests: [aTest()] }
    await using host = await startControlHost({ ListRuns: () => ({ runs: [summary] }) })
    const { code, stdout } = await infra(['test', 'runs', '--json', ...at(host)])
    expect(code).toBe(0)
    expect(jsonOf(stdout)).toMatchObject([{ run: 'r1', running: false, peers: [host.address] }])
  })

  test('watch is a line of JSON for each step, and ends when all is done', async () => {
    const steps = (['RUNNING', 'DRAINING', 'DONE'] as const).map((state) => ({ tests: [aTest({ state })] }))
    await using host = await startControlHost({ WatchTests: (_, gone) => lasting(gone, ...steps) })
    const { code, stdout } = await infra(['test', 'watch', '--json', ...at(host)])
    expect(code).toBe(0)
    const states = stdout
      .trim()
      .split('\n')
      .map((line) => (jsonOf(line) as { result: { state: string }[] }).result[0]?.state)
    expect(states).toEqual(['running', 'draining', 'done'])
  })
})

describe('watching', () => {
  test('is ended by its user without a failure', async () => {
    await using host = await startControlHost({ WatchPeer: (_, gone) => lasting(gone, connected) })
    const command = [join(packageRoot, 'bin', 'infra.js'), 'peer', 'watch', '--json', ...at(host)]
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = once(child, 'close')
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    expect(jsonOf(line.toString())).toMatchObject({ peer: host.address, result: { state: 'connected' } })
    child.kill('SIGINT')
    expect(await closed).toEqual([0, null])
  })

  test('ends quietly when its reader has seen enough', async () => {
    await using host = await startControlHost({
      async *WatchPeer(_, gone) {
        while (!gone.aborted) {
          yield connected
          await takeTime(20)
        }
      },
    })
    const { stdout, stderr } = await infraShell(
      `set -o pipefail; infra peer watch --json --host ${host.address} | head -1 | jq -r .result.state; echo "\${PIPESTATUS[0]}"`,
    )
    expect({ stdout, stderr }).toEqual({ stdout: 'connected\n0\n', stderr: '' })
  })

  test('a stream whose host stays away is a failure in the end, told with its host', async () => {
    await using host = await startControlHost({ WatchPeer: (_, gone) => lasting(gone, connected) })
    const running = infra(['peer', 'watch', '--give-up', '0', ...at(host)])
    await until('the host has been asked', () => host.asked.length > 0)
    await host[Symbol.asyncDispose]()
    expect(await running).toMatchObject({ code: 3, stderr: expect.stringContaining(host.address) })
  })
})
