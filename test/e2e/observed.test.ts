import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Network } from '../../src/sandbox/index.js'
import { makeCertificates } from '../support/certificates.js'
import { type Browser, startChromium } from '../support/chromium.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { startGate, type StartedGate, writeGateConfig } from '../support/gates.js'
import { monitoringExpressions, seriesOf } from '../support/monitoring-files.js'
import { openTestNetwork } from '../support/network.js'
import { RawClient } from '../support/echo-service.js'
import { ADD, asMetadata, COUNT, Payer, paymentHeaders, TWO_AND_THREE } from '../support/payer.js'
import { parsePrometheusText, type Scrape } from '../support/prometheus-text.js'
import { startTraceCollector, type TraceCollector } from '../support/trace-collector.js'
import { until } from '../support/until.js'

/** What operators see of a daemon that is busy: one for all of these tests. */
let network: Network
let certificates: Awaited<ReturnType<typeof makeCertificates>>
let gate: StartedGate
let metrics: string
let client: RawClient
let payer: Payer
let collector: TraceCollector
beforeAll(async () => {
  network = await openTestNetwork()
  certificates = await makeCertificates()
  collector = await startTraceCollector()
  const { certFile, keyFile } = certificates.make('control')
  gate = await startGate(network, 'observed', {
    ...{ metrics_endpoint: '127.0.0.1:0', metrics_hosts: ['gate.example'] },
    ...{ infra_enabled: true, infra_endpoint: '127.0.0.1:0', infra_berty_endpoint: '127.0.0.1:1' },
    ...{ infra_tls_cert: certFile, infra_tls_key: keyFile, traces_endpoint: collector.url.href },
  })
  metrics = /metrics=(\S+)/.exec(gate.readyLine)?.[1] ?? ''
  const [host, port] = gate.endpoint.split(':') as [string, string]
  client = new RawClient({ host, port: Number(port) })
  payer = new Payer(network, network.channel)
}, 120_000)
afterAll(async () => {
  client?.[Symbol.dispose]()
  await gate?.[Symbol.asyncDispose]()
  await network?.[Symbol.asyncDispose]()
  await certificates?.[Symbol.asyncDispose]()
  await collector?.[Symbol.asyncDispose]()
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

  test('have every series and label that the dashboard and the alerts use', async () => {
    const { samples } = await scrape()
    const expressions = await monitoringExpressions()
    expect(expressions.length).toBeGreaterThan(30)
    for (const expression of expressions) {
      for (const { name, labels } of seriesOf(expression)) {
        const found = samples.filter((sample) => sample.name === name)
        expect([name, found.length > 0]).toEqual([name, true])
        for (const label of labels) {
          if (label === 'le' && !name.endsWith('_bucket')) continue
          expect([name, label, Object.keys(found[0]?.labels ?? {}).includes(label)]).toEqual([name, label, true])
        }
      }
    }
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

test('calls leave a span for each phase of their payment at the collector', async () => {
  const served = () => collector.spans.filter(({ name, failed }) => name === ADD && !failed)
  await until('the spans of the calls before are there', () => served().length === 5)
  for (const { spanId } of served()) {
    const inside = collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId)
    expect(inside.map(({ name }) => name)).toEqual(['validate', 'hold', 'forward', 'commit'])
  }
})

describe('the page for people', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  }, 60_000)
  afterAll(() => browser?.[Symbol.asyncDispose]())

  test('shows money, calls and refusals, and what strangers wrote as text', { timeout: 60_000 }, async () => {
    const metadata = asMetadata({ 'snet-payment-type': `<img src=x onerror=document.title='taken'>` })
    expect((await client.call(ADD, [TWO_AND_THREE], { metadata })).code).not.toBe(0)
    const page = await browser.open(`http://${metrics}/`)
    const text = async (id: string): Promise<string> =>
      String(await page.evaluate(`document.getElementById('${id}').innerText`))
    await until('the page shows calls', async () => (await text('methods')).includes(ADD))
    expect(await text('state')).toContain('serving')
    expect((await text('money')).replaceAll('\u202f', '')).toContain(`${payer.confirmed} cogs`)
    await until('the refusal is there', async () => (await text('refusals')).includes('<img src=x'))
    expect(await page.evaluate('document.title')).not.toBe('taken')
    expect(await page.evaluate('document.images.length')).toBe(0)
    expect([...page.protocols.keys()].every((url) => url.startsWith(`http://${metrics}/`))).toBe(true)
  })
})

describe('doctor', () => {
  test('finds a live daemon well and leaves it as it is; what is broken is named, with exit code 8', async () => {
    const before = await readdir(network.dataDir)
    const sound = await runCli(['doctor', '-c', network.configFile, '--json'])
    expect(sound).toMatchObject({ code: 0 })
    const { findings } = JSON.parse(sound.stdout) as { findings: { check: string; level: string; message: string }[] }
    const messages = (check: string): string[] =>
      findings.filter((finding) => finding.check === check).map(({ message }) => message)
    expect(messages('daemon')).toEqual([expect.stringContaining('and is well')])
    expect(messages('ports')[0]).toBe(`daemon_endpoint ${network.endpoint}: the running daemon listens there`)
    expect(messages('recipient')[0]).toContain(network.owner.address)
    expect(await readdir(network.dataDir)).toEqual(before)

    const { file } = await writeGateConfig(network, 'ill', {
      ...{ service_endpoint: 'http://127.0.0.1:1', organization_id: 'nobody' },
    })
    const ill = await runCli(['doctor', '-c', file])
    expect(ill.code).toBe(8)
    expect(ill.stdout).toMatch(
      /^fail +service +service_endpoint 127.0.0.1:1 cannot be connected to: ECONNREFUSED\n +Start it/m,
    )
    expect(ill.stdout).toMatch(/^fail +registry +organisation "nobody" is not registered/m)
  }, 120_000)
})

describe('status', () => {
  const status = (...flags: string[]) => runCli(['status', '--data-dir', gate.dataDir, ...flags])

  test('tells of money, chain, figures and settings that wait, and by its exit code', { timeout: 60_000 }, async () => {
    const told = await status('--json')
    expect(told.code).toBe(0)
    const signed = String(payer.confirmed)
    expect(JSON.parse(told.stdout)).toMatchObject({
      ...{ phase: 'SERVING', healthy: true, metrics },
      gate: { cogs_signed: signed, cogs_in_claims: '0', cogs_in_flight: '0', chain_age_seconds: expect.any(Number) },
    })
    expect(await status('--quiet')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect((await status('--quiet', '--json')).code).toBe(2)
    expect((await runCli(['status', '--quiet', '--data-dir', network.directory])).code).toBe(3)

    await writeGateConfig(network, 'observed', { service_timeout: '7s', metrics_endpoint: 'soon' })
    const changed = await status()
    expect(changed.stdout).toMatch(/^settings +RESTART for what was changed: .*service_timeout/m)
    expect(changed.stdout).toMatch(/^settings +NOT VALID any more: metrics_endpoint: expected HOST:PORT/m)
  })

  test('is followed until Ctrl-C, and tells a pipe only of changes', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [
      ...[join(packageRoot, 'bin', 'run.js'), 'status', '--watch', '--json', '--data-dir', gate.dataDir],
    ])
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    await until('the status is told', () => lines.length > 0)
    const before = payer.confirmed
    expect(await payer.pay(client)).toMatchObject({ code: 0 })
    await until('the payment is told', () => (lines.at(-1) ?? '').includes(`"cogs_kept":"${payer.confirmed}"`))
    expect(lines[0]).toContain(`"cogs_kept":"${before}"`)
    child.kill('SIGINT')
    expect((await once(child, 'close'))[0]).toBe(0)
  })
})
