import { defaultLoad, type LoadSettings } from './load.js'
import type { Range } from './random.js'

/** How the whole network behaves; every value can be changed while it runs. Times are in milliseconds. */
export interface Settings {
  /** The time from a changing request to its reply. Each call draws its own, so replies overtake each other. */
  replyMs: Range
  /** The time from learning of a member to writing the chain key for it. */
  keyWriteMs: Range
  /** The time until the messenger opens a group joined by the protocol service; false if it never does. */
  autoActivateMs: Range | false
  acks: { enabled: boolean; delayMs: Range; loss: number }
  /** The time from the return of a connection or a group to the first missed event. */
  catchUpMs: Range
  /** Missed events arrive spread over this time, in any order. */
  catchUpSpreadMs: number
  /**
   * How many of the newest events are repeated between history and live, besides those that come between the two by
   * themselves.
   */
  seamDuplicates: number
  /** The share of others' messages that open streams show twice in a row, as the same event. */
  repeatEvents: number
  /** The share of others' messages that a member also gets under a second id. */
  doubleMessages: number
  /** For links without settings of their own. */
  link: LinkSettings
  /** How long the work of a Berty takes. */
  load: LoadSettings
}

export interface LinkSettings {
  delayMs: number
  /** Up to so much is added to each message, which changes their order. */
  jitterMs: number
  /** The share of messages that never arrive, whatever happens later. */
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
