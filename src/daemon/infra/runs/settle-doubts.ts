import { messageOf } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import type { BertyMessage } from '../contract/berty.js'
import type { PeerLink } from '../contract/control.js'
import type { Cid } from '../contract/keys.js'
import type { SendingGroups } from '../contract/sending-group.js'
import type { SendStore } from '../contract/store.js'
import { Doubts, type Outcome } from './doubts.js'
import type { StartedTest } from './states.js'

export interface SettleDeps {
  readonly store: Pick<SendStore, 'flush' | 'readDoubts' | 'findSend' | 'settleDoubt' | 'putAck'>
  readonly peer: Pick<PeerLink, 'current'>
  readonly groups: Pick<SendingGroups, 'sendingGroup'>
  readonly log: Log
}

/**
 * Settles every send of a test that has no outcome, once none is under way any more. False if the list could not be read.
 */
export async function settleDoubts(test: StartedTest, deps: SettleDeps, signal: AbortSignal): Promise<boolean> {
  const { store } = deps
  await store.flush()
  const doubts = new Doubts(test, store.readDoubts(test.run, test))
  if (doubts.isEmpty) return true
  if (!(await readList(test, doubts, deps, signal))) return false
  await Promise.all(doubts.outcomes().map((outcome) => keepOutcome(test, outcome, store)))
  return true
}

/** Settles, for a test that goes on, only the sends that are in the list already; the others stay in doubt. */
export async function settleFound(test: StartedTest, deps: SettleDeps, signal: AbortSignal): Promise<void> {
  const { store, groups } = deps
  await store.flush()
  const sends = store.readDoubts(test.run, test)
  const doubts = new Doubts(test, sends)
  if (doubts.isEmpty) return
  const group = groups.sendingGroup(test.group)
  // Keeps the acknowledgements that come while the list is read, until it is known what they are for.
  const waiting = sends.map(() => group.expectAcknowledgements())
  try {
    if (!(await readList(test, doubts, deps, signal))) return
    const kept = doubts.found().map(async (outcome) => {
      const acks = waiting.pop()
      await keepOutcome(test, outcome, store)
      await acks?.settle(outcome.entry.cid)
    })
    await Promise.all(kept)
  } finally {
    for (const acks of waiting) void acks.settle(undefined)
  }
}

async function keepOutcome(
  { run, test }: StartedTest,
  { entry, acks }: Outcome,
  store: SettleDeps['store'],
): Promise<void> {
  await Promise.all([store.settleDoubt(run, entry), ...acks.map((ack) => store.putAck(run, test, ack))])
}

/** Reads the whole list of the group; false if it cannot be read. */
async function readList(
  { group, test, run }: StartedTest,
  doubts: Doubts,
  { peer, groups, store, log }: SettleDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const isKnown = (cid: Cid): boolean => store.findSend(group, cid) !== undefined
  try {
    const { publicKey, device } = groups.sendingGroup(group)
    const take = (message: BertyMessage): void => {
      if (message.content.type === 'acknowledge') doubts.takeAcknowledgement(message, message.content.target)
      else if (message.device === device) doubts.takeOwn(message, isKnown)
    }
    await peer.current().scanMessages(publicKey, take, signal)
    return true
  } catch (fault) {
    log.warn('sends of unknown outcome could not be looked up', { group, test, run, reason: messageOf(fault) })
    return false
  }
}
