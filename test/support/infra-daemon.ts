import { systemClock, type Clock } from '../../src/shared/clock.js'
import type { PeerLink } from '../../src/daemon/infra/contract/control.js'
import { createGroups, type JoinedGroups, type InviteCodec } from '../../src/daemon/infra/groups/index.js'
import type { InfraStore } from '../../src/daemon/infra/contract/store.js'
import { createTests, type LocalTests } from '../../src/daemon/infra/runs/index.js'
import { openInfraStore } from '../../src/daemon/infra/store/index.js'
import { fakeInvites } from './fake-berty-port.js'
import { quietLog } from './quiet-log.js'

/** Store, groups and tests of one control daemon, without its listener. */
export interface InfraParts extends AsyncDisposable {
  readonly store: InfraStore
  readonly groups: JoinedGroups
  readonly tests: LocalTests
  readonly lines: string[]
}

export async function openInfraParts(
  path: string,
  peer: PeerLink,
  {
    clock = systemClock,
    invites = fakeInvites,
    lastAnswersMs = 30,
  }: {
    clock?: Clock
    invites?: InviteCodec
    lastAnswersMs?: number
  } = {},
): Promise<InfraParts> {
  const lines: string[] = []
  const log = quietLog(lines)
  const store = await openInfraStore(path)
  const groups = createGroups({ store, peer, invites, log, clock })
  const tests = createTests({ store, peer, groups, log, clock, lastAnswersMs })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await tests[Symbol.asyncDispose]()
    await groups[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  }
  return { store, groups, tests, lines, [Symbol.asyncDispose]: () => (closing ??= close()) }
}
