import { DaemonCommand } from '../command.js'
import { showPeerErrors } from '../complaints.js'
import { EXIT_CODES } from '../exit-codes.js'
import { errorJson } from '../error-text.js'
import { stopOnSignals } from '../signals.js'
import { Fleet, type FleetPeer, type PeerOutcome } from './fleet.js'
import { inviteTexts } from './invite-texts.js'
import type { InviteView } from './views.js'
import type { WatchCallbacks } from '../follow.js'
import { fleetFlags, resolveTargets, type Target } from './fleet-flags.js'
import type { FleetFlagValues } from './fleet-variables.js'

/** What `--json` shows of one of several hosts. */
export type PeerResult<T> =
  | { readonly peer: string; readonly ok: true; readonly result: T }
  | { readonly peer: string; readonly ok: false; readonly error: unknown }

/** What commands to control daemons share: where they are, and how answers of one or of several are shown. */
export abstract class FleetCommand extends DaemonCommand {
  static override baseFlags = fleetFlags

  /** Every host that the flags name. */
  protected async openFleet(flags: FleetFlagValues): Promise<Fleet> {
    return new Fleet(await this.#targets(flags))
  }

  /** The hosts among them that take part in groups and tests. */
  protected async openPeers(flags: FleetFlagValues): Promise<Fleet> {
    const targets = await this.#targets(flags)
    const peers = targets.filter(({ kind }: Target) => kind === 'peer')
    return new Fleet(peers.length > 0 ? peers : targets)
  }

  /**
   * Does the same on every host and shows what came of it: of one host its result, or its error as the command's own;
   * of several an array of `{peer, ok, result | error}`, each failure on stderr too, and the exit code of the first.
   */
  protected async onEach<T>(
    fleet: Fleet,
    act: (peer: FleetPeer, at: number) => Promise<T>,
    render: (results: readonly { readonly peer: string; readonly result: T }[]) => string,
  ): Promise<T | PeerResult<T>[]> {
    return this.showOutcomes(await fleet.each(act), render)
  }

  /** @param isTolerated tells which failures are only warnings, because the user allowed them */
  protected showOutcomes<T>(
    outcomes: readonly PeerOutcome<T>[],
    render: (results: readonly { readonly peer: string; readonly result: T }[]) => string,
    isTolerated?: (one: PeerOutcome<T>) => boolean,
  ): T | PeerResult<T>[] {
    const [only] = outcomes
    if (outcomes.length === 1 && only && !only.ok) throw only.error
    const results = outcomes.flatMap((outcome) => (outcome.ok ? [outcome] : []))
    if (results.length > 0) this.log(render(results))
    if (outcomes.length === 1 && only?.ok) return only.result
    return this.failuresShown(outcomes, isTolerated)
  }

  /** The outcomes as `--json` shows them; failures are told on stderr, and the first decides the exit code. */
  protected failuresShown<T>(
    outcomes: readonly PeerOutcome<T>[],
    isTolerated: (one: PeerOutcome<T>) => boolean = () => false,
  ): PeerResult<T>[] {
    for (const one of outcomes)
      if (!one.ok && isTolerated(one)) this.warn(`${one.peer} takes no part: ${one.error.message}`)
    this.#showFailures(outcomes.filter((one) => !isTolerated(one)))
    return outcomes.map((outcome) =>
      outcome.ok ? outcome : { peer: outcome.peer, ok: false, ...errorJson(outcome.error) },
    )
  }

  /** Invites for stdout; what came of each host is told beside them, on stderr where stdout is no terminal. */
  protected inviteText(invites: readonly InviteView[], notes: readonly string[]): string {
    const { out, note } = inviteTexts(invites, notes, process.stdout.isTTY)
    if (note !== '') this.logToStderr(note)
    return out
  }

  /**
   * Follows a stream of every host until each has ended or the user has seen enough. A stream that fails is told, and
   * keeps no other from going on; all of them failing is the command's failure.
   */
  protected async watchEach(
    fleet: Fleet,
    follow: (peer: FleetPeer, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    using stop = stopOnSignals()
    const outcomes = await fleet.each((peer) => follow(peer, stop.signal))
    const [only] = outcomes
    if (outcomes.length === 1 && only && !only.ok) throw only.error
    this.#showFailures(outcomes)
  }

  /** Tells, as warnings, that a host which is followed has gone or come back. */
  protected outageNotes({ name }: FleetPeer): WatchCallbacks {
    return {
      onAway: ({ message }) => void this.warn(`${name} is away, waiting for it: ${message}`),
      onBack: () => void this.warn(`${name} is back`),
    }
  }

  #showFailures(outcomes: readonly PeerOutcome<unknown>[]): void {
    const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]))
    showPeerErrors(failures, { isJson: this.jsonEnabled() })
    const [first] = failures
    if (first) process.exitCode = EXIT_CODES[first.error.kind]
  }

  #targets(flags: FleetFlagValues): Promise<Target[]> {
    return resolveTargets(flags, (warning) => this.warn(warning))
  }
}
