import { afterEach, describe, expect, test } from 'vitest'
import {
  groupTable,
  messageLine,
  peerTable,
  readingTable,
  renderReport,
  runTable,
  testTable,
} from '../../../../src/client/fleet/index.js'
import { groupView, messageView, peerView, testView } from '../../../../src/client/fleet/views.js'
import {
  byNumbers,
  keptChannelView,
  keptClaimView,
  renderKeptChannel,
  renderKeptChannels,
  renderKeptClaims,
} from '../../../../src/client/render/kept.js'
import { renderService } from '../../../../src/client/render/service.js'
import { renderSettings } from '../../../../src/client/render/settings.js'
import { renderStatus } from '../../../../src/client/render/status.js'
import { explain, findSettings } from '../../../../src/settings/index.js'
import { received, reportOn, sent } from '../run-report/a-run.js'

const RUN = '0f3a9c1d-5b7e-4c2a-9f10-2d3e4f5a6b7c'
const KEY = Buffer.alloc(32, 0xab)

const before = { isTTY: process.stdout.isTTY, columns: process.stdout.columns, noColour: process.env['NO_COLOR'] }
afterEach(() => {
  process.stdout.isTTY = before.isTTY
  process.stdout.columns = before.columns
  process.env['NO_COLOR'] = before.noColour ?? ''
})

/** A text as a terminal of so many columns shows it, without colours. */
function screen(width: number, render: () => string): string {
  process.stdout.isTTY = true
  process.stdout.columns = width
  process.env['NO_COLOR'] = '1'
  const text = render()
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(width)
  return text
}

const peers = () =>
  peerTable([
    {
      peer: 'london',
      result: peerView({
        state: 'CONNECTED',
        endpoint: '127.0.0.1:9091',
        version: 'v2.471.2',
        era: 'E',
        account_pk: KEY,
      }),
    },
    { peer: 'tokyo', result: peerView({ state: 'LOST', endpoint: '127.0.0.1:9091', reason: 'nothing listens there' }) },
  ])

const reading = () =>
  readingTable([
    {
      peer: 'london',
      result: {
        ...peerView({
          ...{ state: 'CONNECTED', endpoint: '127.0.0.1:9091', version: 'v2.471.2', era: 'E', account_pk: KEY },
          ...{ connected_peers: '4', groups: 2, lists: { count: '3', events: '2681', ms: '4400' }, unread: '7' },
        }),
        behind_ms: 4_900,
      },
    },
  ])

const groups = () =>
  groupTable([
    {
      peer: 'london',
      result: [
        groupView({ name: 'chat', public_key: KEY, active: true, receiving: true, messages_received: '1200' }),
        groupView({ name: 'a-group-with-a-longer-name', public_key: KEY, active: true }),
      ],
    },
  ])

const messages = () =>
  messageLine(
    'london',
    messageView({ device_pk: KEY, received_at: '1700000000000000', live: true, size: 300, body: 'words '.repeat(50) }),
  )

const tests = () =>
  testTable([
    {
      peer: 'london',
      result: [
        testView({ group: 'chat', test: '0', state: 'RUNNING', run_id: RUN, sent: '40', plan: { amount: '100' } }),
      ],
    },
    {
      peer: 'tokyo',
      result: [
        testView({
          ...{ group: 'chat', test: '0', state: 'WAITING', run_id: RUN, sent: '9', send_errors: '2' },
          ...{ plan: { amount: '100' }, reason: 'Berty is away: nothing listens at 127.0.0.1:9091' },
          waits: [{ since: '1700000000000000' }],
        }),
      ],
    },
  ])

const runs = () =>
  runTable([
    {
      ...{ run: RUN, started: '2026-11-28T10:00:00.000Z', ended: null, running: true, peers: ['london', 'tokyo'] },
      tests: [{ group: 'chat', name: '0' }],
    },
    {
      ...{ run: 'nightly', started: '2026-11-27T10:00:00.000Z', ended: '2026-11-27T10:05:00.000Z', running: false },
      ...{ peers: ['london'], tests: [{ group: 'chat', name: 'load' }] },
    },
  ])

const report = () =>
  renderReport(
    reportOn([
      { epochs: [[1]], pages: [{ sent: [sent(1), sent(2)] }] },
      { pages: [{ received: [received(1, 0)] }], clock: { offsetUs: 0, errorUs: 250 } },
    ]),
  )

const service = () => {
  const shape = (name: string, field: string) => [{ name, fields: [{ name: field, type: 'double', oneof: null }] }]
  return renderService({
    ...{ organization: 'ExampleOrg', service: 'ExampleSvc', group: 'default_group', faults: [] },
    ...{ recipient: `0x${'1'.repeat(40)}`, escrow: `0x${'2'.repeat(40)}`, endpoints: ['https://gate.example:7000'] },
    methods: [
      {
        ...{ path: '/example_service.Calculator/add', price: '10', requestStream: false, responseStream: true },
        ...{ request: shape('example_service.Numbers', 'a'), response: shape('example_service.Result', 'value') },
      },
    ],
    channels: [{ id: '7', value: '10000', expiration: '123456', expired: false }],
  })
}

const status = () =>
  renderStatus({
    ...{ phase: 'SERVING', healthy: false, pid: 7, version: '1.0.0', uptime_seconds: 61 },
    gate: {
      ...{ endpoint: '127.0.0.1:7000', organization: 'an-organisation-with-a-long-name', network: 'sepolia' },
      ...{ service: 'a-service-with-a-long-name', group: 'default_group', storage: 'embedded', channels: '2' },
      ...{ calls_in_flight: 1, payments_in_flight: 1, cogs_in_flight: '10', payments_kept: '7', cogs_kept: '70' },
      ...{ block: '4711', chain_age_seconds: 3.2, chain_subscribed: false },
      ...{ cogs_signed: '1234567890', cogs_in_claims: '42' },
      ethereum_nodes: [
        { node: 'node.example', used: false, fault: 'HTTP status 429' },
        { node: 'another.example:8545', used: true, fault: '' },
      ],
      expiring: [
        { blocks: '1200', channels: '0', cogs: '0' },
        { blocks: '7200', channels: '2', cogs: '123456' },
      ],
      reports: [
        { name: 'metering', waiting: 1_234, posted: '70', dropped: '3', trouble: 'nobody can be told: ECONNREFUSED' },
        { name: 'alerts', waiting: 0, posted: '2', dropped: '0' },
      ],
    },
    metrics: '127.0.0.1:9464',
    restart_for: ['service_timeout', 'max_message_size_in_mb', 'payment_channel_storage_client'],
    settings_problems: ['daemon_endpoint: expected HOST:PORT such as 127.0.0.1:8080, got "x"'],
    parts: [
      { name: 'chain', ok: false, reason: 'no new block since 2026-11-29 12:00:00Z, and a signer waits for one' },
    ],
  })

const busy = keptChannelView({
  ...{ channel: '12', nonce: '3', authorized: '30', value: '10000', expiration: '7654321' },
  ...{ sender: `0x${'1'.repeat(40)}`, signer: `0x${'2'.repeat(40)}`, recipient: `0x${'3'.repeat(40)}` },
  hold: { by: 'a call of /example_service.Calculator/running_sum', since: String(Date.UTC(2026, 10, 29, 12)) },
})
const unknown = keptChannelView({
  channel: '13',
  hold: { by: 'a call of /a.B/c', since: String(Date.UTC(2026, 10, 29, 12)), lease_left_seconds: 12.5 },
})

const keptChannels = () => renderKeptChannels([unknown, busy, { ...busy, channel: '7', hold: null }].sort(byNumbers))

const keptChannel = () =>
  [busy, unknown, { ...busy, hold: null }].map((channel) => renderKeptChannel(channel)).join('\n\n')

const keptClaims = () =>
  renderKeptClaims(
    [
      keptClaimView({
        channel: '12',
        nonce: '10',
        amount: '115792089237316195423570985008687907853269984665640564039457',
      }),
      keptClaimView({ channel: '12', nonce: '2', amount: '7', sendback: true }),
    ].sort(byNumbers),
  )

describe.each([80, 120])('on a terminal of %i columns', (width) => {
  test.each([
    ['peers', peers],
    ['tests', tests],
    ['runs', runs],
    ['reading', reading],
    ['groups', groups],
    ['messages', messages],
    ['status', status],
    ['report', report],
    ['describe', service],
    ['channels', keptChannels],
    ['channel', keptChannel],
    ['claims', keptClaims],
  ])('%s', async (name, render) => {
    await expect(screen(width, render)).toMatchFileSnapshot(`screens/${name}-${width}.txt`)
  })

  test('explain', async () => {
    const env = { SNET_SERVICE_ID: 'svc', SNET_DRAIN_TIMEOUT: 'soon', SNET_TOKEN_SECRET_KEY: 'x'.repeat(40) }
    const rows = explain(await findSettings({ file: undefined, env, flags: {}, cwd: '/' }))
    const shown = rows.filter(({ value, default: preset }) => JSON.stringify(value) !== JSON.stringify(preset))
    await expect(screen(width, () => renderSettings(shown, { width }))).toMatchFileSnapshot(
      `screens/explain-${width}.txt`,
    )
  })
})
