import type { GroupMessage, RunPartMessage, TestMessage, TestPartMessage } from '../../shared/wire/index.js'

/** A daemon's clock minus the controller's, with the most it may be wrong by. Microseconds. */
export interface ClockOffset {
  readonly offsetUs: number
  readonly errorUs: number
}

/** What one daemon says of a run. */
export interface PeerOfRun {
  readonly name: string
  readonly address: string
  /** Undefined if the daemon could not be asked. */
  readonly part: RunPartMessage | undefined
  readonly error?: string | undefined
  /** Undefined if it could not be measured. */
  readonly clock: ClockOffset | undefined
}

/** One daemon's part of a test. */
export interface Sender {
  /** Position of the daemon. */
  readonly peer: number
  readonly group: string
  readonly test: string
  /** Key of its device in the group, a character for each byte. */
  readonly device: string
  readonly message: TestMessage
  /** Positions of the peers that could read what was sent in each epoch. */
  readonly readersOf: ReadonlyMap<number, readonly number[]>
}

/** A test with everybody who sends it. */
export interface TestOfRun {
  readonly group: string
  readonly test: string
  readonly senders: readonly Sender[]
}

/** A peer's own keys in a group. */
export interface GroupOfPeer {
  readonly member: string
  readonly device: string
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1')

/** The tests of a run, and who is who in each group. */
export function collectTests(peers: readonly PeerOfRun[]): {
  tests: TestOfRun[]
  groups: Map<string, (GroupOfPeer | undefined)[]>
} {
  const groups = new Map<string, (GroupOfPeer | undefined)[]>()
  peers.forEach(({ part }, peer) => {
    for (const group of part?.groups ?? []) membersOf(groups, group.name ?? '', peers.length)[peer] = keysOf(group)
    for (const { test, member_pk, device_pk } of part?.tests ?? []) {
      const members = membersOf(groups, test?.group ?? '', peers.length)
      members[peer] ??= { member: text(member_pk), device: text(device_pk) }
    }
  })
  const tests = new Map<string, { group: string; test: string; senders: Sender[] }>()
  peers.forEach(({ part }, peer) => {
    for (const one of part?.tests ?? []) {
      const { group = '', test = '' } = one.test ?? {}
      const key = JSON.stringify([group, test])
      const found = tests.get(key) ?? { group, test, senders: [] }
      found.senders.push(senderOf(one, peer, groups.get(group) ?? []))
      tests.set(key, found)
    }
  })
  return { tests: [...tests.values()], groups }
}

function membersOf(groups: Map<string, (GroupOfPeer | undefined)[]>, name: string, count: number) {
  const members = groups.get(name) ?? Array.from<GroupOfPeer | undefined>({ length: count })
  groups.set(name, members)
  return members
}

const keysOf = ({ member_pk, device_pk }: GroupMessage): GroupOfPeer | undefined =>
  device_pk === undefined ? undefined : { member: text(member_pk), device: text(device_pk) }

/** A member that is not among the peers asked is outside the plan: nothing is expected at it. */
function senderOf(
  { test = {}, device_pk, epochs = [] }: TestPartMessage,
  peer: number,
  members: readonly (GroupOfPeer | undefined)[],
): Sender {
  const readersOf = new Map(
    epochs.map(({ epoch = 0, member_pks = [] }) => {
      const readers = new Set(member_pks.map(text))
      return [
        epoch,
        members.flatMap((one, position) => (one && position !== peer && readers.has(one.member) ? [position] : [])),
      ] as const
    }),
  )
  return { peer, group: test.group ?? '', test: test.test ?? '', device: text(device_pk), message: test, readersOf }
}

/** Moves a time of one daemon to the controller's clock. */
export const toControllerClock = (us: number, clock: ClockOffset | undefined): number => us - (clock?.offsetUs ?? 0)

/** When the last part of a run ended, on the controller's clock; undefined while one goes on. */
export function endOf(peers: readonly PeerOfRun[]): number | undefined {
  let end: number | undefined
  for (const { part, clock } of peers) {
    for (const { test } of part?.tests ?? []) {
      if (test?.state !== 'DONE') return undefined
      end = Math.max(end ?? 0, toControllerClock(Number(test.ended_at ?? 0), clock))
    }
  }
  return end
}

/** The ledgers of older daemons, which do not wait as long for late messages, cannot tell late from delivered. */
export const tellsLate = (peer: PeerOfRun | undefined): boolean => (peer?.part?.peer?.ledger_version ?? 0) >= 1
