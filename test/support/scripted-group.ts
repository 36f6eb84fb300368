import { createHash } from 'node:crypto'
import type { ServerWritableStream } from '@grpc/grpc-js'
import { textOfCid } from '../../src/daemon/infra/berty/cids.js'
import { BERTY } from '../../src/shared/wire/index.js'
import { bertyCodecs } from '../../src/shared/wire/grpc/index.js'
import { cid, type Cid } from '../../src/daemon/infra/contract/keys.js'
import type { Message, Script } from './scripted-berty.js'

type Live = ServerWritableStream<Message, Message>

/** The message list of one group: newest first, with streams that hear what is added. */
export class ScriptedGroup {
  readonly ids: Cid[] = []
  readonly #events: Message[] = []
  readonly #live = new Set<Live>()
  #counter = 0n

  /** What a Berty needs to serve it. */
  get script(): Script {
    return {
      'protocol/GroupMessageList': (call: Live) => this.#list(call),
      'protocol/GroupMetadataList': (call: Live) => this.#list(call),
      'protocol/ActivateGroup': () => ({}),
      'messenger/Interact': ({ payload }: Message) => ({ cid: textOfCid(this.#addPayload(payload as Buffer)) }),
    }
  }

  get listeners(): number {
    return this.#live.size
  }

  add(body: string): Cid {
    return this.#addPayload(bertyCodecs.userMessage.encode({ body }))
  }

  /** An event as nobody would write it: nothing but what is given. */
  addEvent(event: Message): void {
    this.#events.unshift(event)
    for (const stream of this.#live) stream.write(event)
  }

  /** As after a deactivation: the streams stay open and hear nothing more. */
  deafen(): void {
    this.#live.clear()
  }

  /** The newest event once more to every stream. */
  repeatNewest(): void {
    const [newest] = this.#events
    for (const stream of this.#live) if (newest) stream.write(newest)
  }

  #addPayload(payload: Buffer): Cid {
    const counter = ++this.#counter
    const digest = createHash('sha256').update(String(counter)).digest()
    const id = Buffer.concat([Buffer.from('01711220', 'hex'), digest])
    const message = bertyCodecs.appMessage.encode({ type: BERTY.appType.userMessage, payload })
    this.ids.push(cid(id))
    this.addEvent({
      event_context: { id },
      headers: { counter: String(counter), device_pk: Buffer.alloc(32, 3) },
      message,
    })
    return cid(id)
  }

  #list(call: Live): void {
    const { since_now, until_now } = call.request
    if (since_now !== true) for (const event of this.#events) call.write(event)
    if (until_now === true) {
      call.end()
      return
    }
    this.#live.add(call)
    call.on('cancelled', () => this.#live.delete(call))
  }
}
