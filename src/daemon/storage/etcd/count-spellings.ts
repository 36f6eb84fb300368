import { messageOf, SnetError } from '../../../shared/errors.js'
import type { Log } from '../../observability/index.js'
import { countedWith, type FreeCallPlace, freeCallTable } from '../free-calls.js'
import { found, revisionOf } from './answers.js'
import type { EtcdClient } from './client.js'
import type { SharedKeys } from './keys.js'
import { listPages } from './listing.js'
import { get, isStill, putOrRemove, toBytes } from './operations.js'
import { placeOf } from './place.js'

export interface CountDeps {
  readonly client: EtcdClient
  readonly keys: SharedKeys
  readonly place: FreeCallPlace
  readonly log: Log
}

/** Others of the group may change a record meanwhile. */
const TRIES = 10

/**
 * Counts in once what the reference counted under other spellings of an address. Its records stay, since its daemons may
 * go on or come back; what of each was counted in is kept beside, so that only what they add is counted in at a later
 * start. A record that cannot be counted in is told, and keeps nobody from starting.
 */
export async function countSpellings(deps: CountDeps): Promise<void> {
  const { keys, place, client, log } = deps
  const { prefix } = placeOf(freeCallTable(place), keys)
  try {
    for await (const page of listPages(client, prefix, { keysOnly: true }))
      for (const sharedKey of page.map(({ key }) => key.toString())) {
        const into = countedWith(sharedKey.slice(keys.base.length), place)
        if (into !== undefined)
          await countIn(deps, sharedKey, into).catch((fault: unknown) => tell(log, fault, sharedKey))
      }
  } catch (fault) {
    tell(log, fault, prefix)
  }
}

const tell = (log: Log, fault: unknown, of: string): void =>
  log.warn('free calls under another spelling of an address could not be counted in', { of, reason: messageOf(fault) })

async function countIn({ client, keys, place }: CountDeps, spelled: string, into: string): Promise<void> {
  const records = placeOf(freeCallTable(place), keys)
  const [own = ''] = records.rowOf(into).keys
  const counted = `${keys.own}free-calls-counted/${encodeURIComponent(spelled.slice(keys.base.length))}`
  for (let left = TRIES; left > 0; left--) {
    const { answers } = await client.txn({ compare: [], success: [spelled, own, counted].map(get) })
    const [spelledNow, ownNow, countedNow] = answers.map(found)
    const spelledCount = records.read([spelledNow], into)
    const before = countedNow ? readCount(countedNow.value) : 0n
    if (!spelledCount || spelledCount.made <= before) return
    const { made } = spelledCount
    const ownMade = records.read([ownNow], into)?.made ?? 0n
    const [bytes] = records.write({ ...spelledCount, made: ownMade + made - before }, into, [ownNow])
    const { succeeded } = await client.txn({
      compare: [
        isStill(spelled, revisionOf(spelledNow)),
        isStill(own, revisionOf(ownNow)),
        isStill(counted, revisionOf(countedNow)),
      ],
      success: [putOrRemove(own, bytes), putOrRemove(counted, toBytes(String(made)))],
    })
    if (succeeded) return
  }
  throw new SnetError('unavailable', 'others change it all the time')
}

function readCount(bytes: Uint8Array): bigint {
  const text = Buffer.from(bytes).toString()
  if (!/^\d{1,20}$/.test(text)) throw new Error('what was counted in is damaged')
  return BigInt(text)
}
