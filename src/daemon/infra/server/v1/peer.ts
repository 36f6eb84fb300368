import { hostPortText, withoutBrackets } from '../../../../shared/host-port.js'
import { withTimeLimit } from '../../../../shared/time-limit.js'
import type {
  AddReplicationRequestMessage,
  ConnectPeerRequestMessage,
  PeerMessage,
  ProbePeerRequestMessage,
  ReliabilityMessage,
  ResetRequestMessage,
  UploadLogsRequestMessage,
} from '../../../../shared/wire/index.js'
import type { InfraControl } from '../../contract/control.js'
import type { Answers } from '../answer.js'
import { BOUNDS } from '../../limits.js'
import { requireName, requireWithin } from '../requests.js'
import { watch } from './changes.js'
import { toDetails, toPeer, toReliability } from './to-wire.js'

export interface PeerDeps {
  readonly control: InfraControl
  /** Microseconds since 1970. */
  readonly nowUs: () => number
}

/** The Berty, the clock, and everything that is about the daemon as a whole. */
export function peerAnswers({ control, nowUs }: PeerDeps): Answers {
  const { peer, groups, tests, reliability } = control
  return {
    unary: {
      GetPeer: (_request: object, signal: AbortSignal) => readPeer(control, signal),
      ConnectPeer: async ({ host = '', port = '' }: ConnectPeerRequestMessage, signal: AbortSignal) => {
        await peer.connect({ host, port }, signal)
        return readPeer(control, signal)
      },
      ProbePeer: async ({ host = '', port = '', tries = 0 }: ProbePeerRequestMessage, signal: AbortSignal) => {
        const attempts = Math.max(1, requireWithin('tries', tries, BOUNDS.tries))
        const details = await peer.probe({ host, port }, { tries: attempts, signal })
        const endpoint = hostPortText({ host: withoutBrackets(host.trim()), port: Number(port) })
        return { ...toDetails(details), state: 'CONNECTED', endpoint } satisfies PeerMessage
      },
      SetReliability: ({ timeout_seconds = 0, odds = 0, seed = '' }: ReliabilityMessage) =>
        toReliability(
          reliability.set({
            timeoutSeconds: requireWithin('timeout_seconds', timeout_seconds, BOUNDS.timeoutSeconds),
            odds: requireWithin('odds', odds, BOUNDS.odds),
            ...(seed !== '' && { seed: requireName('seed', seed) }),
          }),
        ),
      AddReplication: async ({ group = '', token_server = '' }: AddReplicationRequestMessage, signal: AbortSignal) => ({
        token_id: await groups.addReplication(requireName('group', group), token_server, signal),
      }),
      UploadLogs: async ({ folder = '', name = '' }: UploadLogsRequestMessage, signal: AbortSignal) => {
        const { count, links } = await control.uploadLogs({ folder, name }, signal)
        return { count: String(count), links }
      },
      GetClock: () => {
        const received = nowUs()
        return { received_at: String(received), answered_at: String(nowUs()) }
      },
      Reset: async ({ leave_groups: leaveGroups = false }: ResetRequestMessage) => {
        const { testsStopped, groupsForgotten, runsDeleted } = await control.reset({ leaveGroups })
        return { tests_stopped: testsStopped, groups_forgotten: groupsForgotten, runs_deleted: runsDeleted }
      },
    },
    streams: {
      WatchPeer: (_request: object, signal: AbortSignal) =>
        watch({
          onChange: (listener) => both(peer.onChange(listener), groups.onChange(listener), tests.onChange(listener)),
          read: () => toPeer(control),
          urgent: ({ state, endpoint }) => `${state} ${endpoint}`,
          calmMs: CALM_MS,
          signal,
        }),
    },
  }
}

/** Numbers that grow are told twice a second at most. */
export const CALM_MS = 500

const both =
  (...stops: readonly (() => void)[]) =>
  (): void =>
    stops.forEach((stop) => stop())

/** Asks Berty for the number of its peers, and leaves it out if the answer does not come in time. */
export async function readPeer(control: InfraControl, signal: AbortSignal): Promise<PeerMessage> {
  const late = (): Error => new Error('Berty did not tell in time')
  try {
    return await withTimeLimit({ ms: CONNECTED_PEERS_TIMEOUT_MS, signal, late }, async (limit) =>
      toPeer(control, await control.peer.current().connectedPeers(limit)),
    )
  } catch {
    return toPeer(control)
  }
}

const CONNECTED_PEERS_TIMEOUT_MS = 2_000
