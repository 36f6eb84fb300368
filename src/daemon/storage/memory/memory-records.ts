import type { RecordStore } from '../record-store.js'
import { besidesOf, CHANNEL_KEYS, channelKey, entriesOf, recordsIn } from '../record-text.js'

/** For trials: everything is lost at exit. Keeps encoded records, so that it behaves as the store on disk does. */
export function createMemoryRecords(): RecordStore {
  const texts = new Map<string, string>()
  const rowsOf = (prefix: string) => [...texts].filter(([key]) => key.startsWith(prefix))
  return {
    ...recordsIn((key) => texts.get(key), rowsOf),
    async write(write, over) {
      if (texts.get(channelKey(write.channel.id)) !== over) return 'moved'
      const besides = besidesOf(write, (key) => texts.get(key))
      for (const [key, text] of [...entriesOf(write), ...besides]) texts.set(key, text)
      return 'written'
    },
    readRow: (key) => texts.get(key),
    listRows: rowsOf,
    async changeRow(key, change) {
      const { value, result } = change(texts.get(key))
      if (value === undefined) texts.delete(key)
      else texts.set(key, value)
      return { result }
    },
    isOwned: () => true,
    count: () => [...texts.keys()].filter((key) => key.startsWith(CHANNEL_KEYS.start)).length,
    close: async () => texts.clear(),
  }
}
