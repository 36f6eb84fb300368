import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { runCli } from '../support/cli.js'
import type { Answer } from '../support/echo-service.js'
import { hostileRequests } from '../support/hostile-requests.js'
import { askAsOperator, configurationIn, operator } from '../support/operator.js'
import { ownPaths } from '../support/own-paths.js'
import { openTestNetwork } from '../support/network.js'
import { clientOf, Payer } from '../support/payer.js'

const stranger = Buffer.alloc(32, 0x11)

let network: Network
let payer: Payer
beforeAll(async () => {
  network = await openTestNetwork({ config: { authentication_addresses: [operator.address] } })
  payer = new Payer(network, network.channel)
}, 120_000)
afterAll(async () => await network?.[Symbol.asyncDispose]())

const pay = async (): Promise<Answer> => {
  using client = clientOf(network)
  return await payer.pay(client)
}

async function ask(method: string, updated?: Record<string, string>, key = operator.key): Promise<Answer> {
  using client = clientOf(network)
  return await askAsOperator(network, client, { method, updated, key })
}

const PAUSED = { code: 14, details: 'No requests are currently being processed, please try again later' }

describe('operators over the wire', () => {
  test('pause the service, also beyond a kill of the daemon, and resume it', { timeout: 120_000 }, async () => {
    expect((await ask('StopProcessingRequests', undefined, stranger)).code).toBe(16)
    expect(await pay()).toMatchObject({ code: 0 })
    expect((await ask('StopProcessingRequests')).code).toBe(0)
    expect(await pay()).toMatchObject(PAUSED)
    network.daemon.process.kill('SIGKILL')
    await network.daemon.ended
    await network.startDaemon()
    expect(await pay()).toMatchObject(PAUSED)
    const status = await runCli(['status', '--data-dir', network.dataDir], { cwd: network.directory })
    expect(status.stdout).toContain('PAUSED, as an operator said')
    expect((await ask('StartProcessingRequests')).code).toBe(0)
    expect(await pay()).toMatchObject({ code: 0 })
  })

  test(
    'change settings, which count at once and after a start, and say where they come from',
    { timeout: 120_000 },
    async () => {
      expect(await ask('UpdateConfiguration', { daemon_endpoint: '0.0.0.0:1' })).toMatchObject({
        code: 3,
        details: 'daemon_endpoint cannot be updated',
      })
      const updated = await ask('UpdateConfiguration', { rate_limit_per_minute: '0.001', burst_size: '1' })
      expect(configurationIn(updated)).toMatchObject({ rate_limit_per_minute: '0.001', burst_size: '1' })
      expect([(await pay()).code, (await pay()).code]).toEqual([0, 8])
      network.daemon.process.kill('SIGTERM')
      await network.daemon.ended
      await network.startDaemon()
      expect([(await pay()).code, (await pay()).code]).toEqual([0, 8])
      const explained = await runCli(['config', 'explain', '-c', network.configFile, '--json'], {
        cwd: network.directory,
      })
      const rows = JSON.parse(explained.stdout) as { key: string; origin: string; value: unknown }[]
      expect(rows.find(({ key }) => key === 'burst_size')).toMatchObject({
        value: '1',
        origin: expect.stringContaining('updated-settings.json') as string,
      })
      expect((await ask('UpdateConfiguration', { rate_limit_per_minute: '0' })).code).toBe(0)
      expect([(await pay()).code, (await pay()).code]).toEqual([0, 0])
    },
  )
})

describe('whatever strangers send', () => {
  test.each(ownPaths())(
    '%s answers it with an ordinary error, and lives on',
    { timeout: 60_000 },
    async (path, lasts) => {
      using client = clientOf(network)
      const calls = hostileRequests(lasts ? 20 : 60)
      // One that lasts is left by its deadline.
      const extras = lasts ? { deadline: new Date(Date.now() + 2_000) } : {}
      const answers = await Promise.all(calls.map((messages) => client.call(path, messages, extras)))
      for (const { code, details } of answers) {
        expect(code, details).not.toBe(2)
        expect(details).not.toContain('internal error')
      }
    },
  )

  test('and the daemon has said of none of it that it did not know what to do, and serves', async () => {
    expect(network.daemon.lines.filter((line) => line.includes('internal error'))).toEqual([])
    expect(network.daemon.process.exitCode).toBeNull()
    expect(await pay()).toMatchObject({ code: 0 })
  })
})
