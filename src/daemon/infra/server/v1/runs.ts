import type {
  GetRunRequestMessage,
  ListRunsRequestMessage,
  ReadLedgerRequestMessage,
  RunPartMessage,
} from '../../../../shared/wire/index.js'
import type { InfraControl, RunPartStatus } from '../../contract/control.js'
import { bytesOf } from '../../contract/keys.js'
import type { Answers } from '../answer.js'
import { BOUNDS } from '../../limits.js'
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
})
