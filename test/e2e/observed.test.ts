import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { runCli } from '../support/cli.js'
import { startGate, type StartedGate, writeGateConfig } from '../support/gates.js'
import { openTestNetwork } from '../support/network.js'
import { RawClient } from '../support/echo-service.js'
import { ADD, asMetadata, COUNT, Payer, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { parsePrometheusText, type Scrape } from '../support/prometheus-text.js'
import { until } from '../support/until.js'

/** What operators see of a daemon that is busy: one for all of these tests. */
let network: Network
let gate: StartedGate
let metrics: string
let client: RawClient
let payer: Payer
beforeAll(async () => {
  network = await openTestNetwork()
  gate = await startGate(network, 'observed', { metrics_endpoint: '127.0.0.1:0' })
  metrics = /metrics=(\S+)/.exec(gate.readyLine)?.[1] ?? ''
  const [host, port] = gate.endpoint.split(':') as [string, string]
  client = new RawClient({ host, port: Number(port) })
  payer = new Payer(network, network.channel)
}, 120_000)
afterAll(async () => {
  client?.[Symbol.dispose]()
  await gate?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
})

const scrape = async (): Promise<Scrape> => {
  const answer = await fetch(`http://${metrics}/metrics`)
  return parsePrometheusText(await answer.text())
}

describe('figures for Prometheus', () => {
  test('tell of a busy daemon what it served, refused and earned, to the last cog', { timeout: 120_000 }, async () => {
    for (let i = 0; i < 5; i++) expect(await payer.pay(client)).toMatchObject({ code: 0 })
    expect(await payer.pay(client, { method: COUNT })).toMatchObject({ code: 0 })
    const refused = { channel: network.channel, amount: payer.confirmed + 1n }
    const metadata = asMetadata(paymentHeaders(network, refused))
    expect((await client.call(ADD, [TWO_AND_THREE], { metadata })).code).not.toBe(0)
    expect((await client.call(ADD, [TWO_AND_THREE])).code).not.toBe(0)
    const madeUp = Array.from({ length: 50 }, (_, i) => client.call(`/made.up.Name/m${i}`, [TWO_AND_THREE]))
    for (const { code } of await Promise.all(madeUp)) expect(code).toBe(12)

    let found = await scrape()
    // What was signed is looked through now and then.
    await until('the last payment is among what is not claimed', async () => {
      found = await scrape()
      return found.value('snetd_unclaimed_cogs', { state: 'signed' }) === Number(payer.confirmed)
    })

    expect(found.value('snetd_calls_total', { method: ADD, outcome: 'ok' })).toBe(5)
    expect(found.value('snetd_calls_total', { method: COUNT, outcome: 'ok' })).toBe(1)
    expect(found.value('snetd_calls_total', { method: 'unlisted', outcome: 'not-found' })).toBe(50)
    expect(found.value('snetd_call_duration_seconds_count', { method: ADD })).toBe(7)
    expect(found.value('snetd_payments_refused_total', { reason: 'amount' })).toBe(1)
    expect(found.value('snetd_payments_refused_total')).toBe(2)
    expect(found.value('snetd_payments_kept_total')).toBe(6)
    expect(found.value('snetd_earned_cogs_total')).toBe(Number(payer.confirmed))
    expect(found.value('snetd_storage_commit_seconds_count')).toBe(6)
    expect(found.value('snetd_held_cogs')).toBe(0)
    expect(found.value('snetd_unclaimed_cogs', { state: 'in_claims' })).toBe(0)
    expect(found.value('snetd_channels')).toBe(1)
    expect(found.value('snetd_chain_age_seconds')).toBeLessThan(60)
    for (const part of ['chain', 'store', 'service']) expect(found.value('snetd_part_healthy', { part })).toBe(1)
    expect(found.value('snetd_event_loop_lag_seconds', { quantile: '0.99' })).toBeLessThan(10)
  })

  test('a port of their own that is busy keeps a start away where it is written', async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const { port } = busy.address() as { port: number }
    const { file } = await writeGateConfig(network, 'busy', { metrics_endpoint: `127.0.0.1:${port}` })
    expect(await runCli(['serve', '-c', file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`metrics_endpoint 127.0.0.1:${port} cannot be listened on: EADDRINUSE`) as string,
    })
    busy.close()
  })
})
