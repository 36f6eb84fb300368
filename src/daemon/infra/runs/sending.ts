import { messageOf } from '../../../shared/errors.js'
import type { Berty, Sent } from '../contract/berty.js'
import type { Clock } from '../../../shared/clock.js'
import type { PeerLink } from '../contract/control.js'
import type { SendingGroup } from '../contract/sending-group.js'
import type { SendStore } from '../contract/store.js'
import { SEND_TIMEOUT_MS } from '../limits.js'
import { headerText, noisePng, textBody } from '../message/index.js'
import { EpochBook } from './epochs.js'
import type { StartedTest } from './states.js'

export interface SendingDeps {
  readonly store: SendStore
  readonly peer: Pick<PeerLink, 'current'>
  readonly clock: Clock
}

/** A sending test's view of its Berty. */
export interface SendingGate extends SendingDeps {
  /** Why nothing can be sent now; undefined when it can. */
  readonly whyNotReady: () => string | undefined
  /** Resolves when it can, or when the signal aborts. */
  readonly untilReady: (signal: AbortSignal) => Promise<void>
}

/** The pause before the next try: Berty may be away before anybody has noticed. */
const RETRY_MS = 100

type Message =
  | { readonly type: 'text'; readonly size: number; readonly bodyAt: (sentAt: number) => string }
  | { readonly type: 'media'; readonly size: number; readonly bytes: Buffer }

/** Sends the messages of one execution of a test: the intention on disk, then Berty, then the outcome. */
export class Sending {
  readonly #test: StartedTest
  readonly #group: SendingGroup
  readonly #deps: SendingGate
  readonly #epochs: EpochBook
  readonly #fail: (fault: unknown) => void

  /** @param fail told when an outcome could not be written */
  constructor(test: StartedTest, group: SendingGroup, deps: SendingGate, fail: (fault: unknown) => void) {
    this.#test = test
    this.#group = group
    this.#deps = deps
    this.#epochs = new EpochBook(deps.store, test.run, test)
    this.#fail = fail
  }

  /**
   * Resolves with any outcome of the send, or when the signal aborts before there was a Berty to send to. Error:
   * `storage-failed`; nothing was sent then.
   *
   * @param signals `stop`: nothing new is begun; `giveUp`: what is under way is not waited for either
   */
  async send(sequence: number, { stop, giveUp }: { stop: AbortSignal; giveUp: AbortSignal }): Promise<void> {
    while (!stop.aborted) {
      if (this.#pauses) await this.#deps.untilReady(stop)
      if (stop.aborted || (await this.#try(sequence, giveUp)) !== 'withdrawn') return
      await this.#deps.clock.sleep(RETRY_MS, stop)
    }
  }

  /** The closed model keeps no timetable, so it waits for its Berty unless the plan says otherwise. */
  get #pauses(): boolean {
    const { rate, whileAway } = this.#test.plan
    return rate === undefined && whileAway !== 'fail'
  }

  async #try(sequence: number, giveUp: AbortSignal): Promise<'over' | 'withdrawn'> {
    const { store, clock } = this.#deps
    const { group, test, run } = this.#test
    const message = this.#compose(sequence)
    const entry = { group, test, sequence, size: message.size }
    const begun = this.#epochs.numberOf(this.#group.readers())
    await Promise.all([begun.written, store.beginSend(run, { ...entry, epoch: begun.epoch, sentAt: clock.nowUs() })])
    const acks = this.#group.expectAcknowledgements()
    // The devices that have our key may have changed while the disk wrote; those that have it now count.
    const { epoch, written } = this.#epochs.numberOf(this.#group.readers())
    written.catch(this.#fail)
    const sentAt = clock.nowUs()
    const handedOverAt = clock.steadyUs()
    const { outcome, cid, reason, isUnsent = false } = await this.#handOver(message, sentAt, giveUp)
    if (isUnsent && (this.#pauses || giveUp.aborted)) {
      acks.settle(undefined).catch(this.#fail)
      store.withdrawSend(run, { group, test }, sequence).catch(this.#fail)
      return 'withdrawn'
    }
    const took = { tookUs: Math.round(clock.steadyUs() - handedOverAt) }
    const told = outcome === 'sent' ? { cid } : outcome === 'error' ? { reason } : {}
    store
      .endSend(run, { ...entry, ...took, epoch, sentAt, outcome, ...withoutUndefined(told) }, handedOverAt)
      .catch(this.#fail)
    acks.settle(cid).catch(this.#fail)
    return 'over'
  }

  async #handOver(message: Message, sentAt: number, signal: AbortSignal): Promise<Sent> {
    const { publicKey } = this.#group
    const options = { timeoutMs: SEND_TIMEOUT_MS, signal }
    const away = this.#deps.whyNotReady()
    if (away !== undefined) return { outcome: 'error', reason: away, isUnsent: true }
    try {
      const berty: Berty = this.#deps.peer.current()
      if (message.type === 'text') return await berty.sendText(publicKey, message.bodyAt(sentAt), options)
      const file = { mimeType: 'image/png', filename: 'noise.png', displayName: 'random noise' }
      return await berty.sendMedia(publicKey, { bytes: message.bytes, ...file }, options)
    } catch (fault) {
      // No Berty, or one without media: it was not sent.
      return { outcome: 'error', reason: messageOf(fault) }
    }
  }

  #compose(sequence: number): Message {
    const { plan, run, test, sentAsText } = this.#test
    const { size, seed, type } = plan
    const header = { run, test, sequence }
    if (type === 'text')
      return { type: 'text', size, bodyAt: (sentAt) => textBody({ seed, size }, { ...header, sentAt }) }
    const bytes = noisePng(size, `${seed}/${test}/${sequence}`)
    if (!sentAsText) return { type: 'media', size: bytes.length, bytes }
    const bodyAt = (sentAt: number): string => headerText({ ...header, sentAt }) + bytes.toString('base64')
    return { type: 'text', size: bodyAt(this.#deps.clock.nowUs()).length, bodyAt }
  }
}

/** The fields that have a value. */
const withoutUndefined = <T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
