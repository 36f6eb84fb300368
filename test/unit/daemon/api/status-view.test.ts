import { expect, test } from 'vitest'
import { type GateView, type StatusView, toStatus } from '../../../../src/daemon/api/status-view.js'
import { loadControlService } from '../../../../src/shared/wire/index.js'

const { GetStatus } = loadControlService().service
const overTheWire = (view: StatusView): unknown =>
  GetStatus?.responseDeserialize(GetStatus.responseSerialize(toStatus(view)))

const view: StatusView = {
  phase: 'serving',
  healthy: false,
  parts: [
    { part: 'chain', ok: true },
    { part: 'store', ok: false, reason: 'the disk is full' },
  ],
  pid: 7,
  version: '1.2.3',
  uptimeSeconds: 0.5,
  waitingFor: '',
}

test('what the daemon tells of itself arrives, zeros and empty texts too', () => {
  expect(overTheWire(view)).toEqual({
    phase: 'SERVING',
    healthy: false,
    parts: [
      { name: 'chain', ok: true },
      { name: 'store', ok: false, reason: 'the disk is full' },
    ],
    pid: 7,
    version: '1.2.3',
    uptime_seconds: 0.5,
    waiting_for: '',
  })
})

test('a gate tells of money where calls are paid, and that they are not where they are not', () => {
  const gate: GateView = {
    endpoint: '127.0.0.1:8080',
    tls: true,
    certificate: undefined,
    isPaused: false,
    callsInFlight: 2,
    paid: undefined,
  }
  const paid = {
    ...{ organization: 'org', service: 'service', group: 'group', network: 'local', mpe: '0xee', storage: 'memory' },
    ...{ channels: 3, block: 2n ** 60n, paymentsInFlight: 1, cogsInFlight: 10n, paymentsKept: 5, cogsKept: 2n ** 200n },
  }
  expect(overTheWire({ ...view, gate })).toMatchObject({
    gate: { endpoint: '127.0.0.1:8080', tls: true, calls_in_flight: 2, unpaid: true },
  })
  const certificate = { names: ['a.example', 'b.example'], notAfter: new Date(0) }
  expect(overTheWire({ ...view, gate: { ...gate, certificate } })).toMatchObject({
    gate: { certificate_names: ['a.example', 'b.example'], certificate_not_after: '1970-01-01T00:00:00.000Z' },
  })
  expect(overTheWire({ ...view, gate: { ...gate, paid } })).toMatchObject({
    gate: {
      ...{ organization: 'org', service: 'service', group: 'group', network: 'local', mpe: '0xee', storage: 'memory' },
      ...{ channels: '3', block: String(2n ** 60n), payments_in_flight: 1, cogs_in_flight: '10' },
      ...{ payments_kept: '5', cogs_kept: String(2n ** 200n) },
    },
  })
  const { gate: early } = overTheWire({ ...view, gate: { ...gate, paid: { ...paid, block: undefined } } }) as {
    gate: object
  }
  expect(early).not.toHaveProperty('block')
})

test('a control daemon tells how it is guarded and what it plays', () => {
  const infra = {
    ...{ endpoint: '127.0.0.1:9090', tls: true, token: true, clientCertificate: false },
    ...{ berty: '127.0.0.1:9091', bertyState: 'lost', groups: 1, tests: 2, testsRunning: 0 },
  }
  expect(overTheWire({ ...view, infra })).toMatchObject({
    infra: {
      ...{ endpoint: '127.0.0.1:9090', tls: true, token: true, client_certificate: false },
      ...{ berty: '127.0.0.1:9091', berty_state: 'lost', groups: 1, tests: 2, tests_running: 0 },
    },
  })
})
