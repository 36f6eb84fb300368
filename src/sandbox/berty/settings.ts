import { defaultLoad, type LoadSettings } from './load.js'
import type { Range } from './random.js'

/** How the whole network behaves; every value may be changed while it runs. Times in milliseconds. */
export interface Settings {
  /** From a request that changes something to its reply: every call draws its own, so replies overtake each other. */
  replyMs: Range
  /** From learning of a member to writing the chain key for it. */
  keyWriteMs: Range
  /** From joining by the protocol service until the messenger opens the group by itself; false: it never does. */
  autoActivateMs: Range | false
  acks: { enabled: boolean; delayMs: Range; loss: number }
  /** From a connection or a group coming back to the first of what was missed. */
  catchUpMs: Range
  /** Over this time what was missed arrives, in any order. */
  catchUpSpreadMs: number
  /** So many of the newest events are repeated between history and live, beside those that come in between anyhow. */
  seamDuplicates: number
  /** Part of the messages of others that come twice in a row, as the same event, in the streams that are open then. */
  repeatEvents: number
  /** Part of the messages of others that a member gets under a second id as well. */
  doubleMessages: number
  /** Links that nobody has set. */
  link: LinkSettings
  /** What a Berty has to do, and how long that takes. */
  load: LoadSettings
}

export interface LinkSettings {
  delayMs: number
  /** Up to so much is added to every message on its own, which is what disorders them. */
  jitterMs: number
  /** Part of the messages that never arrive, whatever happens later. */
  loss: number
}

export const defaultSettings = (): Settings => ({
  replyMs: [1, 12],
  keyWriteMs: [20, 120],
  autoActivateMs: [30, 90],
  acks: { enabled: true, delayMs: [5, 40], loss: 0 },
  catchUpMs: [100, 300],
  catchUpSpreadMs: 300,
  seamDuplicates: 0,
  repeatEvents: 0,
  doubleMessages: 0,
  link: { delayMs: 3, jitterMs: 25, loss: 0 },
  load: defaultLoad(),
})
