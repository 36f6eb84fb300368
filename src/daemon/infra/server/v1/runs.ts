import { SnetError } from '../../../../shared/errors.js'
import type {
  GetRunRequestMessage,
  HostClockMessage,
  KeepClocksRequestMessage,
  ListRunsRequestMessage,
  ReadLedgerRequestMessage,
  RunPartMessage,
} from '../../../../shared/wire/index.js'
import type { InfraControl, RunPartStatus } from '../../contract/control.js'
import { bytesOf, publicKey } from '../../contract/keys.js'
import type { HostClock } from '../../contract/records.js'
import type { Answers } from '../answer.js'
import { BOUNDS, MAX_HOSTS_OF_RUN } from '../../limits.js'
import { requireName, requireWithin } from '../requests.js'
import { toLedgerPage } from './ledger-to-wire.js'
import { readPeer } from './peer.js'
import { toGroup, toTest } from './to-wire.js'

const DEFAULT_LIMIT = 100

export function runAnswers(control: InfraControl): Answers {
  const { tests } = control
  return {
    unary: {
      ListRuns: ({ limit = 0, with_tests: withTests = false }: ListRunsRequestMessage) => ({
        runs: tests
          .runs({ limit: requireWithin('limit', limit, BOUNDS.runsListed) || DEFAULT_LIMIT, withTests })
          .map((run) => ({
            run_id: run.run,
            started_at: String(run.startedAt),
            ended_at: String(run.endedAt ?? 0),
            tests: run.tests.map(toTest),
          })),
      }),
      GetRun: async ({ run_id: run = '' }: GetRunRequestMessage, signal: AbortSignal) => {
        const part = tests.part(run === '' ? undefined : requireName('run_id', run))
        return { ...toPart(part), peer: await readPeer(control, signal) }
      },
      KeepClocks: async ({ run_id: run = '', clocks = [] }: KeepClocksRequestMessage) => {
        if (clocks.length > MAX_HOSTS_OF_RUN)
          throw new SnetError('invalid-request', `clocks has ${clocks.length} hosts, at most ${MAX_HOSTS_OF_RUN}`)
        return { clocks: (await tests.keepClocks(requireName('run_id', run), clocks.map(parseClock))).map(toClock) }
      },
    },
    streams: {
      async *ReadLedger({ run_id: run = '' }: ReadLedgerRequestMessage) {
        const asked = run === '' ? tests.part(undefined).run : requireName('run_id', run)
        for await (const page of tests.ledger(asked)) yield toLedgerPage(page)
      },
    },
  }
}

const toPart = (part: RunPartStatus): RunPartMessage => ({
  run_id: part.run,
  started_at: String(part.startedAt),
  ended_at: String(part.endedAt ?? 0),
  groups: part.groups.map(toGroup),
  tests: part.tests.map(({ test, member, device, epochs }) => ({
    test: toTest(test),
    ...(member && { member_pk: bytesOf(member) }),
    ...(device && { device_pk: bytesOf(device) }),
    epochs: epochs.map(({ epoch, members }) => ({ epoch, member_pks: members.map(bytesOf) })),
  })),
  clocks: part.clocks.map(toClock),
})

const toClock = ({ device, offsetUs, errorUs }: HostClock): HostClockMessage => ({
  device_pk: bytesOf(device),
  offset_us: String(offsetUs),
  error_us: String(errorUs),
})

function parseClock({ device_pk: device, offset_us = '0', error_us = '0' }: HostClockMessage): HostClock {
  if (device !== undefined && device.length !== 0 && device.length !== 32)
    throw new SnetError('invalid-request', `device_pk has a key of ${device.length} bytes, keys have 32`)
  return {
    device: publicKey(device ?? Buffer.alloc(0)),
    offsetUs: requireWithin('offset_us', offset_us, BOUNDS.clockUs),
    errorUs: requireWithin('error_us', error_us, BOUNDS.clockUs),
  }
}
