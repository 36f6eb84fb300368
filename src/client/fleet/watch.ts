import { EXIT_CODES } from '../exit-codes.js'
import { errorText } from '../report.js'
import { writeError } from '../terminal.js'
import { stopOnSignals } from '../signals.js'
import { toSnetError } from '../../shared/errors.js'
import type { Fleet, FleetPeer } from './fleet.js'

/**
 * Follows a stream of every host until each has ended or the user has seen enough. A stream that fails is told, and
 * keeps no other from going on; all of them failing is the command's failure.
 */
export async function watchAll(
  fleet: Fleet,
  follow: (peer: FleetPeer, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  using stop = stopOnSignals()
  const outcomes = await fleet.each((peer) => follow(peer, stop.signal))
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]))
  const [first] = failures
  if (first && failures.length === outcomes.length) throw toSnetError(first.error)
  for (const { peer, error } of failures) writeError(`${peer}: ${errorText(error, false)}`)
  if (first) process.exitCode = EXIT_CODES[first.error.kind]
}
