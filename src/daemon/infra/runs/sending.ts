import { messageOf } from '../../../shared/errors.js'
import type { Berty, Sent } from '../contract/berty.js'
import type { Clock } from '../../../shared/clock.js'
import type { PeerLink } from '../contract/control.js'
import type { SendingGroup } from '../contract/sending-group.js'
import type { StoredTest } from '../contract/records.js'
import type { SendStore } from '../contract/store.js'
import { SEND_TIMEOUT_MS } from '../limits.js'
import { headerText, noisePng, textBody } from '../message/index.js'
import { EpochBook } from './epochs.js'

export interface SendingDeps {
  readonly store: SendStore
  readonly peer: Pick<PeerLink, 'current'>
  readonly clock: Clock
}

type Message =
  | { readonly type: 'text'; readonly size: number; readonly bodyAt: (sentAt: number) => string }
  | { readonly type: 'media'; readonly size: number; readonly bytes: Buffer }

/** Sends the messages of one execution of a test: the intention on disk, then Berty, then the outcome. */
export class Sending {
  readonly #test: StoredTest & { readonly run: string }
  readonly #group: SendingGroup
  readonly #deps: SendingDeps
  readonly #epochs: EpochBook
  readonly #fail: (fault: unknown) => void

  /** @param fail told when an outcome could not be written */
  constructor(
    test: StoredTest & { run: string },
    group: SendingGroup,
    deps: SendingDeps,
    fail: (fault: unknown) => void,
  ) {
    this.#test = test
    this.#group = group
    this.#deps = deps
    this.#epochs = new EpochBook(deps.store, test.run, test)
    this.#fail = fail
  }

  /** Resolves once there is an outcome, whichever. Error: `storage-failed`: nothing was sent then. */
  async send(sequence: number, signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#deps
    const { group, test, run } = this.#test
    const message = this.#compose(sequence)
    const entry = { group, test, sequence, size: message.size }
    const begun = this.#epochs.numberOf(this.#group.readers())
    await Promise.all([begun.written, store.beginSend(run, { ...entry, epoch: begun.epoch, sentAt: clock.nowUs() })])
    const acks = this.#group.expectAcknowledgements()
    // Who has our key may have changed while the disk wrote; what counts is who has it now.
    const { epoch, written } = this.#epochs.numberOf(this.#group.readers())
    written.catch(this.#fail)
    const sentAt = clock.nowUs()
    const handedOverAt = clock.steadyUs()
    const { outcome, cid } = await this.#handOver(message, sentAt, signal)
    const took = { tookUs: Math.round(clock.steadyUs() - handedOverAt) }
    const end = { ...entry, ...took, epoch, sentAt, outcome, ...(outcome === 'sent' && cid !== undefined && { cid }) }
    store.endSend(run, end, handedOverAt).catch(this.#fail)
    acks.settle(cid).catch(this.#fail)
  }

  async #handOver(message: Message, sentAt: number, signal: AbortSignal): Promise<Sent> {
    const { publicKey } = this.#group
    const options = { timeoutMs: SEND_TIMEOUT_MS, signal }
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
