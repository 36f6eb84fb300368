import { randomUUID } from 'node:crypto'
import { SnetError } from '../../shared/errors.js'
import type { GroupMessage } from '../../shared/wire/index.js'
import { eraTrouble } from './era-trouble.js'
import type { Fleet, PeerOutcome } from './fleet.js'
import { requireHosts } from './missing-hosts.js'
import { parseSpan } from '../amounts.js'
import { testView, type TestView } from './views.js'

export interface RunStart {
  readonly group: string
  readonly test: string
  readonly run: string | undefined
  /** As written by the user. */
  readonly waitReady: string | undefined
  /** Hosts that are away take no part; otherwise nothing starts anywhere. */
  readonly allowMissing?: boolean
  /** Called with what may keep the hosts from getting ready. */
  readonly warn?: (text: string) => void
}

/**
 * Starts a test on all hosts as one run: first every one of them reads the group, so that nothing is missed, then all
 * start. Each then waits by itself, where asked to, until it and the others can read each other.
 *
 * @returns what came of each host, those left out included. Error: that of the host for which nothing was started
 */
export async function startRun(
  fleet: Fleet,
  { group, test, run, waitReady, allowMissing = false, warn }: RunStart,
): Promise<PeerOutcome<TestView>[]> {
  const waitUs = waitReady === undefined ? 0 : parseSpan(waitReady)
  const reading = await fleet.each((peer) => peer.call('StartReceiving', { name: group }))
  // The run would be judged without a host that is away: the user has to say that it may be missing.
  requireHosts(reading, { allowMissing, undone: 'not started anywhere' })
  if (waitUs > 0) {
    requireKeys(reading)
    await requireEras(fleet, reading, warn)
  }
  const devices = reading.map((one) => (one.ok ? one.result.device_pk : undefined))
  const runId = run ?? randomUUID()
  return await fleet.each(async (peer, at) => {
    const mine = reading[at]
    if (mine && !mine.ok) throw mine.error
    const others = devices.flatMap((device, other) =>
      device && other !== at ? [{ device, name: fleet.peers[other]?.name ?? '' }] : [],
    )
    return testView(
      await peer.call('StartTest', {
        group,
        test,
        run_id: runId,
        ...(waitUs > 0 && {
          wait_for_devices: others.map(({ device }) => device),
          wait_for_names: others.map(({ name }) => name),
          name: peer.name,
          wait_us: String(waitUs),
        }),
      }),
    )
  })
}

/** Tells at once, with the reason, which hosts will never get ready: waiting for them would be in vain. */
async function requireEras(
  fleet: Fleet,
  reading: readonly PeerOutcome<GroupMessage>[],
  warn: RunStart['warn'],
): Promise<void> {
  const states = await fleet.each((peer) => peer.call('GetPeer', {}))
  const hosts = reading.flatMap((one, at) => {
    const state = states[at]
    const era = state?.ok ? state.result.era || undefined : undefined
    return one.ok ? [{ name: one.peer, era, group: one.result }] : []
  })
  const trouble = eraTrouble(hosts)
  if (trouble?.isCertain)
    throw new SnetError('wrong-state', `not started anywhere: ${trouble.message}`, { hint: trouble.hint })
  if (trouble) warn?.(`${trouble.message}. ${trouble.hint}`)
}

/** A host that is not waited for would miss messages, and nobody would know why. */
function requireKeys(reading: readonly PeerOutcome<GroupMessage>[]): void {
  const unknown = reading.flatMap((one) => (one.ok && (one.result.device_pk?.length ?? 0) === 0 ? [one.peer] : []))
  if (unknown.length === 0) return
  throw new SnetError(
    'wrong-state',
    `not started: ${unknown.join(', ')} cannot say yet which device it is in the group`,
    {
      hint: 'Its Berty may still be joining; "group list" shows how far it is.',
    },
  )
}
