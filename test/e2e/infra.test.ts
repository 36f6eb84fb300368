import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Metadata, status } from '@grpc/grpc-js'
import { beforeEach, describe, expect, test } from 'vitest'
import type { StatusMessage } from '../../src/shared/wire/index.js'
import { runCli } from '../support/cli.js'
import { startEchoService } from '../support/echo-service.js'
import { rawClient } from '../support/infra-server.js'
import { lonelyBerty } from '../support/lonely-berty.js'
import { startScriptedBerty } from '../support/scripted-berty.js'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

let cwd = ''
beforeEach(async () => {
  const temp = await tempDir()
  cwd = temp.path
  return temp.remove
})

const ALONE = { gate_enabled: 'false', infra_enabled: 'true', infra_endpoint: '127.0.0.1:0' }
const portOf = (place: string | undefined): number => Number(place?.split(':').at(-1))
const statusOf = async (): Promise<{ code: number | null; status: StatusMessage }> => {
  const { code, stdout } = await runCli(['status', '--json', '--data-dir', join(cwd, 'data')], { cwd })
  return { code, status: JSON.parse(stdout) as StatusMessage }
}

describe('the control daemon alone', () => {
  test('is ready without a gate, runs a test beside its Berty, and tells of it', { timeout: 60_000 }, async () => {
    await using berty = await startScriptedBerty(lonelyBerty())
    await using served = await startServe({ ...ALONE, infra_berty_endpoint: berty.endpoint }, cwd)
    expect(served.ready).toMatch(/^infra=127\.0\.0\.1:\d+$/)
    using client = rawClient(portOf(served.infra))
    await until('Berty is connected', async () => (await client.infra('GetPeer')).reply['state'] === 'CONNECTED')

    expect((await client.infra('CreateGroup', { name: 'chat' })).error).toBeUndefined()
    // The older way, by number, without any pause between two messages.
    const key = '0a04 63686174 1007'
    expect(await client.ask('/server.Proxy/NewTest', `${key} 1a0474657874 2064 3003`)).toMatchObject({ code: 0 })
    expect(await client.ask('/server.Proxy/StartTest', key)).toMatchObject({ code: 0 })
    const tests = async () => ((await client.infra('ListTests')).reply as { tests: Record<string, unknown>[] }).tests
    await until('three are sent', async () => (await tests())[0]?.['sent'] === '3')
    expect(await tests()).toMatchObject([{ group: 'chat', test: '7', sent: '3', send_errors: '0', running: true }])
    const again = await client.ask('/server.Proxy/StartTest', key)
    expect([again.code, again.details]).toEqual([
      status.ALREADY_EXISTS,
      expect.stringContaining('test already in progress'),
    ])

    const told = await statusOf()
    expect(told.code).toBe(0)
    expect(told.status).toMatchObject({
      phase: 'SERVING',
      infra: {
        endpoint: served.infra,
        berty: berty.endpoint,
        berty_state: 'connected',
        groups: 1,
        tests: 1,
        tests_running: 1,
      },
    })
    expect(told.status.gate).toBeUndefined()
    const shown = await runCli(['status', '--data-dir', join(cwd, 'data')], { cwd })
    expect(shown.stdout).toContain('1 group, 1 test, 1 running')

    const part = (await client.infra('GetRun')).reply as { tests: { test: { sent: string } }[] }
    expect(part.tests[0]?.test.sent).toBe('3')
    let sent = 0
    for await (const page of client.stream('ReadLedger')) sent += ((page as { sent?: unknown[] }).sent ?? []).length
    expect(sent).toBe(3)
    await client.ask('/server.Proxy/StopTest')
    expect((await tests())[0]).toMatchObject({ state: 'DONE', end: 'STOPPED' })
    const reset = await client.infra('Reset', { leave_groups: true })
    expect(reset.reply).toMatchObject({ groups_forgotten: 1, runs_deleted: 1 })
    served.process.kill('SIGTERM')
    expect(await served.ended).toBe(0)
  })

  test('groups and tests outlive kill -9', { timeout: 60_000 }, async () => {
    await using berty = await startScriptedBerty(lonelyBerty())
    const settings = { ...ALONE, infra_berty_endpoint: berty.endpoint }
    {
      await using served = await startServe(settings, cwd)
      using client = rawClient(portOf(served.infra))
      await until('Berty is connected', async () => (await client.infra('GetPeer')).reply['state'] === 'CONNECTED')
      await client.infra('CreateGroup', { name: 'chat' })
      await client.infra('NewTest', {
        group: 'chat',
        test: 't',
        plan: { type: 'TEXT', size: '99', interval_us: '1000', amount: '5' },
      })
      served.process.kill('SIGKILL')
      await served.ended
    }
    await using served = await startServe(settings, cwd)
    using client = rawClient(portOf(served.infra))
    expect((await client.infra('ListGroups')).reply).toMatchObject({ groups: [{ name: 'chat' }] })
    expect((await client.infra('ListTests')).reply).toMatchObject({
      tests: [{ group: 'chat', test: 't', state: 'PLANNED' }],
    })
  })

  test('starts without its Berty, says so, and refuses what needs one', { timeout: 30_000 }, async () => {
    await using served = await startServe({ ...ALONE, infra_berty_endpoint: '127.0.0.1:1' }, cwd)
    using client = rawClient(portOf(served.infra))
    const { code, details } = await client.ask('/server.Proxy/CreateInvite', '0a0163')
    expect(code).toBe(status.FAILED_PRECONDITION)
    expect(details).toContain('not connected to a Berty yet')
    const told = await statusOf()
    expect(told.code).toBe(8)
    expect(told.status.parts).toMatchObject([{ name: 'berty', ok: false, reason: 'no Berty answers' }])
  })

  test('hostile clients get errors, and the daemon goes on', { timeout: 60_000 }, async () => {
    await using berty = await startScriptedBerty(lonelyBerty())
    await writeFile(join(cwd, 'token'), 'the-token', { mode: 0o600 })
    const token = { infra_token_file: join(cwd, 'token') }
    const logs = { infra_log_dir: cwd, infra_log_target: join(cwd, 'up') }
    await using served = await startServe({ ...ALONE, ...token, ...logs, infra_berty_endpoint: berty.endpoint }, cwd)
    using stranger = rawClient(portOf(served.infra))
    expect((await stranger.ask('/server.Proxy/StopTest')).code).toBe(status.UNAUTHENTICATED)
    using client = rawClient(portOf(served.infra), { token: 'the-token' })
    await until('Berty is connected', async () => (await client.infra('GetPeer')).reply['state'] === 'CONNECTED')
    await client.infra('CreateGroup', { name: 'chat' })
    const plan = { type: 'TEXT', size: '99', interval_us: '1000', amount: '1' }
    const refused: [string, object, number][] = [
      ['JoinGroup', { name: 'x', invite: Buffer.alloc(1000, 0xff) }, status.INVALID_ARGUMENT],
      ['NewTest', { group: 'chat', test: 't', plan: { ...plan, size: '1000000000' } }, status.INVALID_ARGUMENT],
      [
        'NewTest',
        { group: 'chat', test: 't', plan: { ...plan, amount: '9223372036854775808' } },
        status.INVALID_ARGUMENT,
      ],
      ['UploadLogs', { folder: '../../etc', name: 'x' }, status.INVALID_ARGUMENT],
      ['UploadLogs', { folder: '..', name: 'x' }, status.INVALID_ARGUMENT],
      ['ConnectPeer', { host: '169.254.169.254', port: '80' }, status.PERMISSION_DENIED],
      ['SetReliability', { timeout_seconds: 10, odds: 2 }, status.FAILED_PRECONDITION],
    ]
    for (const [method, request, code] of refused)
      expect([method, (await client.infra(method, request)).error?.code]).toEqual([method, code])
    expect((await client.infra('SetReliability', {})).error).toBeUndefined()
    expect((await client.infra('UploadLogs', { folder: '1', name: 'n' })).reply).toMatchObject({ count: '1' })
    expect((await client.infra('ListGroups')).reply).toMatchObject({ groups: [{ name: 'chat' }] })
  })
})

describe('beside an unpaid gate', () => {
  const UNPAID = { blockchain_enabled: 'false', infra_enabled: 'true', infra_endpoint: '127.0.0.1:0' }

  const callUnary = async (port: number, body: string, metadata = new Metadata()) => {
    using client = rawClient(port)
    return await client.ask('/echo.Echo/Unary', Buffer.from(body), metadata)
  }

  test(
    'both are ready in one line; calls are forwarded for nothing, and nobody says who he is',
    { timeout: 60_000 },
    async () => {
      await using service = await startEchoService()
      await using served = await startServe({ ...UNPAID, service_endpoint: service.url.href }, cwd)
      expect(served.ready).toMatch(/^endpoint=127\.0\.0\.1:\d+ infra=127\.0\.0\.1:\d+$/)
      const metadata = new Metadata()
      metadata.set('snet-user-address', '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A')
      metadata.set('x-other', 'kept')
      const answer = await callUnary(portOf(served.endpoint), 'hello', metadata)
      expect(answer).toMatchObject({ code: 0, bytes: Buffer.from('hello') })
      expect(service.seen[0]?.get('x-other')).toEqual(['kept'])
      expect(service.seen[0]?.get('snet-user-address')).toEqual([])
      expect(served.lines.join('\n')).toContain('calls are NOT PAID')
      using client = rawClient(portOf(served.endpoint))
      const state = await client.ask('/escrow.PaymentChannelStateService/GetChannelState', '0a0101')
      expect(state).toMatchObject({ code: 0, bytes: Buffer.alloc(0) })
      const told = await statusOf()
      expect([told.code, told.status.gate, told.status.infra?.berty_state]).toEqual([
        0,
        { endpoint: served.endpoint, tls: false, unpaid: true, calls_in_flight: 0 },
        'absent',
      ])
      const shown = await runCli(['status', '--data-dir', join(cwd, 'data')], { cwd })
      expect(shown.stdout).toContain('NONE: everybody is served for nothing')
    },
  )

  test('without a service, calls come back as they are', { timeout: 60_000 }, async () => {
    await using served = await startServe({ blockchain_enabled: 'false', passthrough_enabled: 'false' }, cwd)
    expect(served.infra).toBeUndefined()
    expect(await callUnary(portOf(served.endpoint), 'hello')).toMatchObject({ code: 0, bytes: Buffer.from('hello') })
  })
})

describe('a start that is refused', () => {
  test.each([
    ['nothing to serve', { SNET_GATE_ENABLED: 'false' }, 'there is nothing to serve'],
    [
      'a wide address without guards',
      { SNET_GATE_ENABLED: 'false', SNET_INFRA_ENABLED: 'true', SNET_INFRA_ENDPOINT: '0.0.0.0:9090' },
      'secrets of groups',
    ],
    [
      'a token file that is not there',
      { SNET_GATE_ENABLED: 'false', SNET_INFRA_ENABLED: 'true', SNET_INFRA_TOKEN_FILE: '/none' },
      'infra_token_file: /none cannot be read',
    ],
  ])('%s: by serve and by config validate', { timeout: 30_000 }, async (_name, env, message) => {
    for (const line of [['serve'], ['config', 'validate']]) {
      const { code, stdout, stderr } = await runCli(line, { cwd, env })
      expect([line, code, stdout]).toEqual([line, 2, ''])
      expect(stderr.replace(/\s+/g, ' ')).toContain(message)
    }
  })

  test('a port that is taken', { timeout: 30_000 }, async () => {
    await using berty = await startScriptedBerty({})
    const env = { SNET_GATE_ENABLED: 'false', SNET_INFRA_ENABLED: 'true', SNET_INFRA_ENDPOINT: berty.endpoint }
    const { code, stderr } = await runCli(['serve'], { cwd, env: { ...env, SNET_DATA_DIR: join(cwd, 'd') } })
    expect(code).toBe(2)
    expect(stderr).toContain('infra_endpoint')
  })
})
