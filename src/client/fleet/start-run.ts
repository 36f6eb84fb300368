import { randomUUID } from 'node:crypto'
import { SnetError } from '../../shared/errors.js'
import type { GroupMessage } from '../../shared/wire/index.js'
import type { Fleet, PeerOutcome } from './fleet.js'
import { parseSpan } from '../amounts.js'
import { testView, type TestView } from './views.js'

export interface RunStart {
  readonly group: string
  readonly test: string
  readonly run: string | undefined
  /** As written by the user. */
  readonly waitReady: string | undefined
}

/**
 * Starts a test on all hosts as one run: first every one of them reads the group, so that nothing is missed, then all
 * start. Each then waits by itself, where asked to, until it and the others can read each other.
 */
export async function startRun(
  fleet: Fleet,
  { group, test, run, waitReady }: RunStart,
): Promise<PeerOutcome<TestView>[]> {
  const waitUs = waitReady === undefined ? 0 : parseSpan(waitReady)
  const reading = await fleet.each((peer) => peer.call('StartReceiving', { name: group }))
  const devices = reading.map((one) => (one.ok ? one.result.device_pk : undefined))
  const runId = run ?? randomUUID()
  return await fleet.each(async (peer, at) => {
    const mine = reading[at]
    if (mine && !mine.ok) throw mine.error
    const others = devices.flatMap((device, other) => (device && other !== at ? [device] : []))
    if (waitUs > 0) requireKeys(reading)
    return testView(
      await peer.call('StartTest', {
        group,
        test,
        run_id: runId,
        ...(waitUs > 0 && { wait_for_devices: others, wait_us: String(waitUs) }),
      }),
    )
  })
}

/** Whoever is not waited for would miss messages, and nobody would know why. */
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
