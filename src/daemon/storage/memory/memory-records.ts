import type { RecordStore } from '../record-store.js'
import { CHANNEL_KEYS, channelKey, decodeChannel, entriesOf, recordsIn } from '../record-text.js'

/** For trials: everything is lost at exit. Keeps encoded records, so that it behaves as the store on disk does. */
export function createMemoryRecords(): RecordStore {
  const texts = new Map<string, string>()
  return {
    ...recordsIn((key) => texts.get(key)),
    *list() {
      for (const [key, text] of texts) if (key.startsWith(CHANNEL_KEYS.start)) yield decodeChannel(text, key)
    },
    async write(write, over) {
      if (texts.get(channelKey(write.channel.id)) !== over) return 'moved'
      for (const [key, text] of entriesOf(write)) texts.set(key, text)
      return 'written'
    },
    isOwned: () => true,
    count: () => [...texts.keys()].filter((key) => key.startsWith(CHANNEL_KEYS.start)).length,
    close: async () => texts.clear(),
  }
}
