import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { pause } from '../../src/shared/clock.js'
import { type Answer, RawClient } from '../support/echo-service.js'
import { freePorts } from '../support/etcd.js'
import { type StartedGate, startGate } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { askAsOperator, configurationIn, operator } from '../support/operator.js'
import { askState, clientOf, Payer } from '../support/payer.js'
import { PrepaidPayer } from '../support/prepaid-payer.js'
import { type TempDir, tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

const OK = 0
/** A few seconds are enough where nothing else is done. */
const STOP_MS = 40_000
const LIMITED = 8
const UNAVAILABLE = 14
const PAUSED = { code: UNAVAILABLE, details: 'No requests are currently being processed, please try again later' }

/** The etcd that the first daemon starts, and both use. */
let directory: TempDir
let network: Network
let second: StartedGate
let payer: Payer
beforeAll(async () => {
  directory = await tempDir()
  const [clientPort, peerPort] = await freePorts(2)
  network = await openTestNetwork({
    directory: directory.path,
    config: {
      authentication_addresses: [operator.address],
      notification_endpoint: 'http://127.0.0.1:1',
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [`http://127.0.0.1:${clientPort}`], request_timeout: '3s' },
      payment_channel_storage_server: {
        ...{ client_port: clientPort, peer_port: peerPort },
        ...{ cluster: `storage-1=http://127.0.0.1:${peerPort}`, data_dir: join(directory.path, 'etcd') },
        log_outputs: [join(directory.path, 'etcd.log')],
      },
    },
  })
  payer = new Payer(network, network.channel)
  expect((await askFirst('UpdateConfiguration', { alerts_email: 'a@example.org' })).code).toBe(OK)
  second = await startGate(network, 'second', { payment_channel_storage_server: undefined })
}, 120_000)
afterAll(async () => {
  await second?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
  await directory?.[Symbol.asyncDispose]()
})

function clientOfSecond(): RawClient {
  const [host, port] = second.endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

const asking = (open: () => RawClient) => async (method: string, updated?: Readonly<Record<string, string>>) => {
  using client = open()
  return await askAsOperator(network, client, { method, updated })
}
const askFirst = asking(() => clientOf(network))
const askSecond = asking(clientOfSecond)

const paying = (open: () => RawClient) => async (): Promise<Answer> => {
  using client = open()
  return await payer.pay(client)
}
const payFirst = paying(() => clientOf(network))
const paySecond = paying(clientOfSecond)

test('what is paid on one replica is known to the other, where the next payment goes on', async () => {
  using first = clientOf(network)
  using other = clientOfSecond()
  expect(await payer.pay(first)).toMatchObject({ code: OK })
  expect(await askState(network, other, network.channel)).toMatchObject({ amount: payer.confirmed })
  expect(await payer.pay(other)).toMatchObject({ code: OK })
  expect(await askState(network, first, network.channel)).toMatchObject({ amount: 2n * payer.price })
  // The same amount again pays for nothing, wherever it is shown.
  payer.confirmed -= payer.price
  expect(await payer.pay(first)).toMatchObject({ code: 16 })
  payer.confirmed += payer.price
})

test('a token that one replica gave buys calls at the other: they have made one secret', async () => {
  using first = clientOf(network)
  using other = clientOfSecond()
  const ahead = new PrepaidPayer(network, await network.openChannel())
  await ahead.ask(first, 2n * ahead.price)
  expect((await ahead.call(other)).code).toBe(OK)
  expect((await ahead.call(first)).code).toBe(OK)
  expect((await ahead.call(other)).code).not.toBe(OK)
})

test('settings that one replica is told count at the other, also at one that begins later', async () => {
  expect(configurationIn(await askSecond('GetConfiguration'))).toMatchObject({ alerts_email: 'a@example.org' })
  const slow = { rate_limit_per_minute: '0.001', burst_size: '1' }
  expect((await askSecond('UpdateConfiguration', slow)).code).toBe(OK)
  const shown = async () => configurationIn(await askFirst('GetConfiguration'))
  await until('the first has heard', async () => (await shown())['burst_size'] === '1')
  expect([(await payFirst()).code, (await payFirst()).code]).toEqual([OK, LIMITED])
  expect((await askFirst('UpdateConfiguration', { rate_limit_per_minute: '0' })).code).toBe(OK)
  await until('the second is not limited', async () => (await paySecond()).code + (await paySecond()).code === OK)
})

test(
  'a pause, a setting and what was paid outlive a kill of the daemon whose etcd has them',
  { timeout: 120_000 },
  async () => {
    expect((await askFirst('StopProcessingRequests')).code).toBe(OK)
    await until('the second has heard', async () => (await paySecond()).details === PAUSED.details)
    network.daemon.process.kill('SIGKILL')
    await network.daemon.ended
    expect(await paySecond()).toMatchObject(PAUSED)
    // What cannot be kept for all counts nowhere.
    expect((await askSecond('UpdateConfiguration', { burst_size: '77' })).code).toBe(UNAVAILABLE)
    expect(configurationIn(await askSecond('GetConfiguration'))).toMatchObject({ burst_size: '1' })
    await network.startDaemon()
    expect(await payFirst()).toMatchObject(PAUSED)
    expect((await askFirst('StartProcessingRequests')).code).toBe(OK)
    expect((await payFirst()).code).toBe(OK)
    await until('the second sells again', async () => (await paySecond()).code === OK)
    expect(configurationIn(await askFirst('GetConfiguration'))).toMatchObject({ burst_size: '1' })
    using first = clientOf(network)
    expect(await askState(network, first, network.channel)).toMatchObject({ amount: payer.confirmed })
  },
)

test('a daemon whose etcd hangs stops all the same', async () => {
  const pid = Number(await readFile(join(network.dataDir, 'etcd-server.pid'), 'utf8'))
  process.kill(pid, 'SIGSTOP')
  try {
    expect((await paySecond()).code).toBe(UNAVAILABLE)
    second.child.process.kill('SIGTERM')
    expect(await Promise.race([second.child.ended, pause(STOP_MS)])).toBe(0)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test('a daemon that is told to stop leaves no etcd behind', async () => {
  const pid = Number(await readFile(join(network.dataDir, 'etcd-server.pid'), 'utf8'))
  const commandLine = (): Promise<string> => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  expect(await commandLine()).toContain(join(directory.path, 'etcd'))
  network.daemon.process.kill('SIGTERM')
  await network.daemon.ended
  expect(network.daemon.process.exitCode).toBe(0)
  expect(await commandLine()).toBe('')
})
