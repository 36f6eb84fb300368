import type { Berty, BertyMessage } from '../../src/daemon/infra/contract/berty.js'
import type { Cid, PublicKey } from '../../src/daemon/infra/contract/keys.js'

export interface MessageReader extends AsyncDisposable {
  readonly messages: BertyMessage[]
  /** How often the whole list was read. */
  readonly histories: number
}

/** Keeps what it reads, and knows it. */
export function startReader(
  berty: Berty,
  group: PublicKey,
  onMessage: () => Promise<void> = () => Promise.resolve(),
): MessageReader {
  const stop = new AbortController()
  const messages: BertyMessage[] = []
  const known = new Set<Cid>()
  let histories = 0
  const reading = (async () => {
    const options = { isKnown: (id: Cid) => known.has(id), onHistory: () => histories++, signal: stop.signal }
    for await (const message of berty.readMessages(group, options)) {
      messages.push(message)
      known.add(message.cid)
      await onMessage()
    }
  })()
  return {
    messages,
    get histories() {
      return histories
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await reading
    },
  }
}
