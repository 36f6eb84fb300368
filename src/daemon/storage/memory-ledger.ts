import { channelKey, claimKey, decodeChannel, decodeClaim, encodeChannel, encodeClaim } from './records.js'
import type { Ledger } from './ledger.js'

/** For trials: everything is lost at exit. Keeps encoded records, so that it behaves as the store on disk does. */
export function createMemoryLedger(): Ledger {
  const values = new Map<string, string>()
  return {
    read(id) {
      const version = values.get(channelKey(id))
      return { version, record: version === undefined ? undefined : decodeChannel(version, channelKey(id)) }
    },
    readClaim(id, nonce) {
      const text = values.get(claimKey(id, nonce))
      return text === undefined ? undefined : decodeClaim(text, claimKey(id, nonce))
    },
    async write({ channel, claim }, over) {
      if (values.get(channelKey(channel.id)) !== over) return 'moved'
      values.set(channelKey(channel.id), encodeChannel(channel))
      if (claim) values.set(claimKey(claim.channel, claim.nonce), encodeClaim(claim))
      return 'written'
    },
    isOwned: () => true,
    count: () => [...values.keys()].filter((key) => key.startsWith('channel/')).length,
    close: async () => values.clear(),
  }
}
