import { expect, test } from 'vitest'
import { clientLimits } from '../../../src/daemon/compose-client-limits.js'
import { gatewayConfig, recoveryThreads } from '../../../src/daemon/room-configs.js'
import { complete, inDirectory } from './harness.js'

const settings = inDirectory()
const KIB = 1024

test('what a connection may have is what is set', async () => {
  const { config } = await settings.load({
    ...complete,
    handshake_timeout: '2s',
    keepalive_interval: '3s',
    keepalive_timeout: '4s',
    max_resets_per_second: 5,
    max_idle_frames_per_second: 60,
    max_unread_request_in_kb: 70,
    max_unread_answers_in_mb: 800,
  })
  const { lifetimes, http2 } = clientLimits(config)
  expect(lifetimes).toMatchObject({ firstBytesTimeoutMs: 2_000, silenceMs: 3_000, unansweredMs: 4_000 })
  expect(http2).toEqual({ resetsPerSecond: 5, idleFramesPerSecond: 60, callWindowBytes: 70 * KIB })
  const rates = { rate: NONE, clientRate: NONE, payerRate: NONE, namedRates: NONE }
  expect(gatewayConfig(config, { tls: undefined, rates }).unread).toEqual({
    bytes: 800 * KIB * KIB,
    bytesPerConnection: 200 * KIB * KIB,
  })
})

const NONE = { current: undefined }

test.each([
  [{}, 3, 0],
  [{}, 4, 1],
  [{ recovery_workers: 'AUTO' }, 64, 1],
  [{ recovery_workers: '2' }, 1, 2],
  [{ recovery_workers: 0 }, 64, 0],
])('with %o and %i cores, %i threads recover signers', async (set, cores, threads) => {
  const { config } = await settings.load({ ...complete, ...set })
  expect(recoveryThreads(config, cores)).toBe(threads)
})

test.each([
  ['handshake_timeout', '50ms', 'expected a duration from 100ms to 24 days, got "50ms"'],
  ['keepalive_interval', '0s', 'expected a duration from 100ms to 24 days, got "0s"'],
  ['keepalive_timeout', 'soon', 'expected a duration such as 500ms, 30s or 5m, got "soon"'],
  ['max_resets_per_second', 0, 'expected a whole number from 1 to 1000000, got 0'],
  ['max_idle_frames_per_second', 9, 'expected a whole number from 10 to 1000000, got 9'],
  ['max_unread_request_in_kb', 20_000, 'expected a whole number from 64 to 16384, got 20000'],
  ['recovery_workers', 9, 'expected auto, or a whole number from 0 to 8, got 9'],
  ['recovery_workers', 'many', 'expected auto, or a whole number from 0 to 8, got "many"'],
  ['max_unread_answers_in_mb', 1, 'expected a whole number from 16 to 65536, got 1'],
])('%s: %s is refused, and its range is told', async (key, value, told) => {
  await expect(settings.load({ ...complete, [key]: value })).rejects.toThrow(`${key}: ${told}`)
})
