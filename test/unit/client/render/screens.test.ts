import { afterEach, describe, expect, test } from 'vitest'
import { peerTable, renderReport, runTable, testTable } from '../../../../src/client/fleet/index.js'
import { peerView, testView } from '../../../../src/client/fleet/views.js'
import { renderService } from '../../../../src/client/render/service.js'
import { renderSettings } from '../../../../src/client/render/settings.js'
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

const tests = () =>
  testTable([
    {
      peer: 'london',
      result: [
        testView({ group: 'chat', test: '0', state: 'RUNNING', run_id: RUN, sent: '40', plan: { amount: '100' } }),
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

describe.each([80, 120])('on a terminal of %i columns', (width) => {
  test.each([
    ['peers', peers],
    ['tests', tests],
    ['runs', runs],
    ['report', report],
    ['describe', service],
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
