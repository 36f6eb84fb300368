import { randomBytes } from 'node:crypto'
import { SnetError } from '../../../../shared/errors.js'
import type {
  ListTestsRequestMessage,
  NewTestRequestMessage,
  StartTestRequestMessage,
  StopTestRequestMessage,
  TestPlanMessage,
} from '../../../../shared/wire/index.js'
import type { InfraControl, PeerState, StartOptions } from '../../contract/control.js'
import { publicKey } from '../../contract/keys.js'
import type { TestPlan } from '../../contract/records.js'
import type { Answers } from '../answer.js'
import { BOUNDS, DEFAULT_DRAIN_MS, MAX_WAITED_FOR } from '../../limits.js'
import { noMedia } from '../../contract/no-media.js'
import { requireName, requireWithin } from '../requests.js'
import { watch } from './changes.js'
import { CALM_MS } from './peer.js'
import { toTest } from './to-wire.js'

export function testAnswers({ tests, groups, peer }: Pick<InfraControl, 'tests' | 'groups' | 'peer'>): Answers {
  const list = (request: ListTestsRequestMessage) => ({ tests: tests.list(whichOf(request)).map(toTest) })
  return {
    unary: {
      NewTest: async ({ group = '', test = '', plan = {} }: NewTestRequestMessage) => {
        const parsed = parsePlan(plan)
        requireMedia(parsed, peer.state)
        return toTest(await tests.define(requireName('group', group), requireName('test', test), parsed))
      },
      StartTest: async (request: StartTestRequestMessage) => {
        const { group = '', test = '' } = request
        return toTest(await tests.start(requireName('group', group), requireName('test', test), startOptions(request)))
      },
      StopTest: async (request: StopTestRequestMessage) => {
        const which = whichOf(request)
        if (which.group === undefined && which.test !== undefined)
          throw new SnetError('invalid-request', 'group is missing', { hint: 'Leave out test too to stop everything.' })
        if (which.group !== undefined) groups.get(which.group)
        return { tests: (await tests.stop(which)).map(toTest) }
      },
      ListTests: list,
    },
    streams: {
      WatchTests: (request: ListTestsRequestMessage, signal: AbortSignal) =>
        watch({
          onChange: (listener) => tests.onChange(listener),
          read: () => list(request),
          urgent: (value) =>
            value.tests.map(({ group, test, state, run_id: run }) => [group, test, state, run]).join('\n'),
          calmMs: CALM_MS,
          signal,
        }),
    },
  }
}

function whichOf({ group = '', test = '' }: ListTestsRequestMessage): { group?: string; test?: string } {
  return {
    ...(group !== '' && { group: requireName('group', group) }),
    ...(test !== '' && { test: requireName('test', test) }),
  }
}

/** Error: `invalid-request` for anything out of bounds. */
function parsePlan(plan: TestPlanMessage): TestPlan {
  const rate = fraction('rate', plan.rate ?? 0, BOUNDS.rate.max)
  const rampSeconds = fraction('ramp_seconds', plan.ramp_seconds ?? 0, BOUNDS.intervalSeconds.max)
  const drainMaxMs = requireWithin('drain_max_us', plan.drain_max_us ?? '0', DRAIN_US) / 1000
  return {
    type: typeOf(plan.type),
    size: requireWithin('size', plan.size ?? '0', BOUNDS.size),
    intervalMs: requireWithin('interval_us', plan.interval_us ?? '0', BOUNDS.durationUs) / 1000,
    amount: requireWithin('amount', plan.amount ?? '0', { ...BOUNDS.amount, min: 1 }),
    ...(rate > 0 && { rate }),
    ...(rampSeconds > 0 && { rampSeconds }),
    seed: plan.seed ? requireName('seed', plan.seed) : randomBytes(8).toString('hex'),
    mediaAsText: plan.media_as_text ?? false,
    ...(plan.while_away === 'FAIL' && { whileAway: 'fail' as const }),
    drainMs: requireWithin('drain_us', plan.drain_us ?? '0', DRAIN_US) / 1000 || DEFAULT_DRAIN_MS,
    ...(drainMaxMs > 0 && { drainMaxMs }),
  }
}

/** Passes while no Berty is connected: a start checks again. */
function requireMedia({ type, mediaAsText }: TestPlan, state: PeerState): void {
  if (type !== 'media' || mediaAsText || state.state !== 'connected' || state.details.hasMedia) return
  throw noMedia(state.details.era)
}

const DRAIN_US = { min: 0, max: BOUNDS.drainMs.max * 1_000 }

function typeOf(type: TestPlanMessage['type']): TestPlan['type'] {
  if (type === 'TEXT') return 'text'
  if (type === 'MEDIA') return 'media'
  throw new SnetError('invalid-request', `type has to be TEXT or MEDIA, not ${type ?? 'left out'}`)
}

function fraction(field: string, value: number, max: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= max) return value
  throw new SnetError('invalid-request', `${field} has to be from 0 to ${max}, not ${value}`)
}

function startOptions(request: StartTestRequestMessage): StartOptions {
  const { run_id: run = '', wait_for_devices: devices = [], wait_us = '0', start_at = '0' } = request
  const { wait_for_names: names = [], name: self = '' } = request
  if (devices.length > MAX_WAITED_FOR)
    throw new SnetError('invalid-request', `wait_for_devices has ${devices.length} keys, at most ${MAX_WAITED_FOR}`)
  if (names.length > 0 && names.length !== devices.length)
    throw new SnetError('invalid-request', `wait_for_names has ${names.length} names for ${devices.length} keys`)
  const waitMs = requireWithin('wait_us', wait_us, BOUNDS.durationUs) / 1000
  const at = requireWithin('start_at', start_at, { min: 0, max: Number.MAX_SAFE_INTEGER })
  return {
    ...(run !== '' && { run: requireName('run_id', run) }),
    waitFor: devices.map((device) => {
      if (device.length === 32) return publicKey(device)
      throw new SnetError('invalid-request', `wait_for_devices has a key of ${device.length} bytes, keys have 32`)
    }),
    ...(names.length > 0 && { names: names.map((one) => requireName('wait_for_names', one)) }),
    ...(self !== '' && { self: requireName('name', self) }),
    ...(waitMs > 0 && { waitMs }),
    ...(at > 0 && { at }),
  }
}
