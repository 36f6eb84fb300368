import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { healthMethods } from '../../../../src/daemon/api/health-service.js'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { live } from '../../../../src/shared/live.js'
import { HealthClient } from '../../../support/health-client.js'
import { until } from '../../../support/until.js'
import { type HarnessOptions, openHarness, paid } from './harness.js'

const UNARY = '/echo.Echo/Unary'
const known = live(['ExampleSvc', 'echo.Echo'])

/** A gate with the health methods, and a probe. */
async function open(options: HarnessOptions = {}) {
  const health = createHealth()
  const h = await openHarness({ health, own: healthMethods({ health, services: known }), ...options })
  const { host, port } = h.gateway.address
  const probe = new HealthClient(`${host}:${port}`)
  return {
    ...h,
    probe,
    async [Symbol.asyncDispose]() {
      probe[Symbol.dispose]()
      await h[Symbol.asyncDispose]()
    },
  }
}

describe('Check', () => {
  test.each([
    [undefined, 'SERVING'],
    ['', 'SERVING'],
    ['ExampleSvc', 'SERVING'],
    ['echo.Echo', 'SERVING'],
    ['echo.Nothing', `${status.NOT_FOUND} unknown service`],
  ])('of "%s" tells %s while every part can work', async (service, told) => {
    await using h = await open()
    expect(await h.probe.check(service)).toBe(told)
  })

  test('tells NOT_SERVING, and no error, when a part cannot work', async () => {
    await using h = await open()
    h.health.watch('chain', () => ({ ok: false, reason: 'no block for 400 s' }))
    expect(await Promise.all([h.probe.check(), h.probe.check('ExampleSvc')])).toEqual(['NOT_SERVING', 'NOT_SERVING'])
  })

  test('tells NOT_SERVING of a service that was never reached', async () => {
    await using h = await open({ url: new URL('http://127.0.0.1:1') })
    h.health.watch('service', () => h.upstream.health())
    expect(await h.probe.check()).toBe('NOT_SERVING')
  })

  test('costs nothing: neither a payment nor a call of the rate', async () => {
    await using h = await open({ config: { rate: live({ perMinute: 0.001, burst: 1 }) } })
    for (let i = 0; i < 5; i++) expect(await h.probe.check()).toBe('SERVING')
    expect(h.payments.reserved).toBe(0)
    expect((await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })).code).toBe(status.OK)
  })

  test('tells NOT_SERVING from the first moment of a stop', async () => {
    await using h = await open()
    h.health.watch('slow', () => new Promise(() => undefined))
    const asked = h.probe.check()
    h.health.stop()
    expect(await Promise.all([asked, h.probe.check()])).toEqual(['NOT_SERVING', 'NOT_SERVING'])
  })
})

test('List names the daemon, the service and the services of its proto files', async () => {
  await using h = await open()
  expect(await h.probe.list()).toEqual({ '': 'SERVING', ExampleSvc: 'SERVING', 'echo.Echo': 'SERVING' })
  h.health.watch('chain', () => ({ ok: false }))
  expect(await h.probe.list()).toMatchObject({ '': 'NOT_SERVING', ExampleSvc: 'NOT_SERVING' })
})

describe('Watch', () => {
  test('tells how it is, and then each change, once', async () => {
    await using h = await open()
    let ok = true
    let readings = 0
    h.health.watch('chain', () => {
      readings++
      return { ok }
    })
    const watch = h.probe.watch('ExampleSvc')
    const after = readings
    await until('it was read again', () => readings > after + 1)
    ok = false
    await until('the change is told', () => watch.told.length > 1)
    expect(watch.told).toEqual(['SERVING', 'NOT_SERVING'])
    watch.cancel()
    expect(await watch.ended).toBe(status.CANCELLED)
  })

  test('tells SERVICE_UNKNOWN of what nobody knows, and stays open', async () => {
    await using h = await open()
    let readings = 0
    h.health.watch('chain', () => ({ ok: ++readings > 0 }))
    const watch = h.probe.watch('echo.Nothing')
    await until('it was read again', () => readings > 1)
    expect(watch.told).toEqual(['SERVICE_UNKNOWN'])
  })

  test('takes no place of a call, and of its own places no more than there are', async () => {
    await using h = await open({
      config: { maxCallsInFlight: 1, own: { places: 1, timeoutMs: 50 }, lasting: { inAll: 2, perConnection: 1 } },
    })
    const watches = [h.probe.watch(), h.probe.watch()]
    await until('both are served', () => watches.every(({ told }) => told.length > 0))
    expect(await h.probe.watch().ended).toBe(status.RESOURCE_EXHAUSTED)
    expect(h.gateway.callsInFlight).toBe(0)
    expect(await h.probe.check()).toBe('SERVING')
    expect((await h.client.call(UNARY, [Buffer.from('x')], { metadata: paid() })).code).toBe(status.OK)
    watches[0]?.cancel()
    await watches[0]?.ended
    const next = h.probe.watch()
    await until('its place is given on', () => next.told.length > 0)
  })

  test('outlasts the time of other own calls, and of calls without a deadline', async () => {
    await using h = await open({ config: { serviceTimeoutMs: 20, own: { places: 1, timeoutMs: 20 } } })
    let ok = true
    h.health.watch('chain', () => ({ ok }))
    const watch = h.probe.watch()
    await until('it is served', () => watch.told.length > 0)
    ok = false
    await until('the change is told', () => watch.told.length > 1)
  })

  test('tells of a stop and ends with it, which is no loss to anybody', async () => {
    await using h = await open()
    h.health.watch('slow', () => ({ ok: true }))
    const watch = h.probe.watch()
    await until('it is served', () => watch.told.length > 0)
    h.health.stop()
    expect(await h.gateway.drain(10_000)).toBe(0)
    expect(await watch.ended).toBe(status.UNAVAILABLE)
    expect(watch.told).toEqual(['SERVING', 'NOT_SERVING'])
  })

  test('does not keep a stop waiting when it does not end, nor counts as cut', async () => {
    await using h = await open()
    const watch = h.probe.watch()
    await until('it is served', () => watch.told.length > 0)
    expect(await h.gateway.drain(50)).toBe(0)
    expect(await watch.ended).toBe(status.UNAVAILABLE)
  })
})
