import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAlerts } from '../../../src/daemon/compose-alerts.js'
import { openMetering, openReports, reportsView } from '../../../src/daemon/compose-reports.js'
import { createHealth, createMetrics, toPrometheusText } from '../../../src/daemon/observability/index.js'
import type { DaemonConfig } from '../../../src/settings/index.js'
import { Lifecycle } from '../../../src/shared/lifecycle.js'
import { quietLog } from '../../support/quiet-log.js'
import { type ReportEndpoint, startReportEndpoint } from '../../support/report-endpoint.js'
import { type TempDir, tempDir } from '../../support/temp-dir.js'
import { until } from '../../support/until.js'
import { complete, inDirectory } from '../../unit/settings/harness.js'

const directory = inDirectory()
const KEY = '44'.repeat(32)
const daemon = { organization: 'o', service: 's', group: 'Zw==', registry: '0xr' }

let endpoint: ReportEndpoint
let dataDir: TempDir
let life: Lifecycle
let lines: string[]
beforeEach(async () => {
  endpoint = await startReportEndpoint()
  dataDir = await tempDir()
  life = new Lifecycle()
  lines = []
})
afterEach(async () => {
  await life[Symbol.asyncDispose]()
  await endpoint[Symbol.asyncDispose]()
  await dataDir.remove()
})

const configOf = async (changes: Record<string, unknown>): Promise<DaemonConfig> =>
  (await directory.load({ ...complete, private_key_for_metering: KEY, ...changes })).config

/** What a gate has when it opens these parts. */
async function parts(config: DaemonConfig) {
  const log = quietLog(lines)
  const [health, metrics] = [createHealth(), createMetrics()]
  const place = { ...dataDir, socketPath: '', onConnection: () => undefined }
  const reports = await openReports(config, { life, log, metrics, dataDir: place })
  const common = { life, log, health, reports, daemon, newestBlock: () => 7n }
  return { ...common, dataDir: place, signal: new AbortController().signal, metrics }
}

describe('metering', () => {
  const metered = () => configOf({ metering_enabled: true, metering_endpoint: endpoint.url, metering_queue_size: 100 })
  const call = {
    ...{ method: '/s.S/m', metadata: { first: () => undefined }, start: 0, ms: 1, code: 0, error: '' },
    hasPayer: true,
  }

  test('a service that says no keeps the daemon from its start, and no key is told', async () => {
    endpoint.manner = () => 401
    const config = await metered()
    const opening = openMetering(config, await parts(config))
    await expect(opening).rejects.toMatchObject({
      kind: 'invalid-config',
      message: expect.stringContaining('Metering authentication failed') as string,
    })
    expect(JSON.stringify(endpoint.all)).not.toContain(KEY)
  })

  test('one that is away does not, and is told when it is back; status and figures have the queue', async () => {
    endpoint.manner = () => 'reset'
    const config = await metered()
    const opened = await parts(config)
    const metering = await openMetering(config, opened)
    expect(lines.join()).toContain('whether reports are taken is not known yet')
    metering?.callEnded(call)
    await until('it has been tried', () => reportsView(opened.reports)[0]?.trouble !== undefined)
    expect(reportsView(opened.reports)).toMatchObject([{ name: 'metering', waiting: 1, posted: 0, dropped: 0 }])
    expect((await opened.health.check()).ready).toBe(true)
    endpoint.manner = () => 200
    await until('it is told', () => endpoint.taken.length === 1)
    await until('it waits no more', () => reportsView(opened.reports)[0]?.waiting === 0)
    const text = toPrometheusText(await opened.metrics.read())
    expect(text).toContain('snetd_reports_posted_total{queue="metering"} 1')
    expect(text).toContain('snetd_reports_waiting{queue="alerts"} 0')
    expect(text).toContain('snetd_reports_dropped_total{queue="metering"} 0')
    expect(text).toMatch(/snetd_reports_failed_total\{queue="metering"\} [1-9]/)
  })

  test('where it is off, or nothing is paid, nobody is asked and nothing is kept', async () => {
    for (const changes of [{ metering_enabled: false }, { metering_enabled: true, blockchain_enabled: false }]) {
      const config = await configOf({ metering_endpoint: endpoint.url, ...changes })
      const opened = await parts(config)
      expect(await openMetering(config, opened)).toBeUndefined()
      expect(opened.reports.store).toBeUndefined()
    }
    expect(endpoint.all).toEqual([])
  })
})

describe('alerts', () => {
  const away = { part: 'service', ok: false, reason: 'gone' }

  async function alerting(changes: Record<string, unknown>) {
    const config = await configOf({ alert_free_disk_in_mb: 0, ...changes })
    const opened = await parts(config)
    await openAlerts(config, {
      ...opened,
      health: { check: async () => ({ ready: false, parts: [away] }) },
      recipient: () => config.alerts_email,
      expiring: async (blocks) => ({ channels: ['7'], cogs: BigInt(blocks) }),
    })
    return opened
  }

  test('go to the endpoint with the address of whom to write to; money that is about to be lost among them', async () => {
    const url = `${endpoint.url}/notify?to=us`
    await alerting({ notification_endpoint: url, alerts_email: 'ops@example.org', alert_expiring_blocks: 100 })
    await until('both are told', () => endpoint.taken.length === 2)
    expect(endpoint.taken[0]).toMatchObject({ path: '/notify?to=us', headers: { 'x-currentblocknumber': '7' } })
    const bodies = endpoint.taken.map(({ body }) => JSON.parse(body) as { message: string })
    expect(bodies.sort((a, b) => a.message.localeCompare(b.message))).toMatchObject([
      { message: 'Money is lost unless it is claimed.', recipient: 'ops@example.org' },
      { message: 'Problem in calling Service Heartbeat endpoint.', details: 'gone' },
    ])
  })

  test('without an endpoint those that nobody else tells are in the log', async () => {
    const opened = await alerting({ alert_expiring_blocks: 100 })
    await until('it is told', () => lines.length > 0)
    expect(lines).toEqual(['Money is lost unless it is claimed.'])
    expect(opened.reports.store).toBeUndefined()
    expect(endpoint.all).toEqual([])
  })
})
