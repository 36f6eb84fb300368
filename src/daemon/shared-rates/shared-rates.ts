import { isInTime } from '../../shared/in-time.js'
import { Poller } from '../../shared/poller.js'
import type { OpenTokens } from '../../shared/tokens.js'
import type { Processes, RecordTable } from '../payments/ports.js'
import type { Bucket } from './bucket.js'
import { Clocks } from './clocks.js'
import { SharedTokens } from './shared-tokens.js'

export interface SharedRatesDeps {
  readonly table: Pick<RecordTable<Bucket>, 'change' | 'watch'>
  readonly processes: Processes
  /** Services of one group share a store, and not their rates. */
  readonly service: string
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** The rates of a service, each kept once for all of its replicas. */
export interface SharedRates extends AsyncDisposable {
  readonly openTokens: OpenTokens
  /** Tells the others the time, and gives back what lies unused here; else done now and then. */
  tidy(): Promise<void>
}

const TIDY_MS = 5_000
/** So many give back at once. */
const AT_ONCE = 100
/** For so long a stop waits for what is given back: who is gone has nothing anyway. */
const CLOSE_MS = 1_000

/** Error: as reading the store. */
export async function openSharedRates({ table, processes, service, ...deps }: SharedRatesDeps): Promise<SharedRates> {
  const { now = () => performance.now() } = deps
  const clockKey = `${service}/clock`
  const clocks = new Clocks(now)
  const hear = (row: Bucket | undefined): void => {
    for (const [name, at] of Object.entries(row?.shares ?? {}))
      if (name !== processes.self.name) clocks.observe(name, at)
  }
  const tellTime = (): Promise<void> =>
    table.change(clockKey, (row) => {
      hear(row)
      return { value: withTime(row, processes.self.name, now()), result: undefined }
    })
  await tellTime()
  const stopHearing = table.watch(clockKey, hear)
  const used = new Map<string, SharedTokens>()
  const onUse = (tokens: SharedTokens): void => void used.set(tokens.key, tokens)
  const settleAll = async (idleMs?: number): Promise<void> => {
    const all = [...used.values()]
    for (let at = 0; at < all.length; at += AT_ONCE)
      await Promise.allSettled(
        all.slice(at, at + AT_ONCE).map(async (tokens) => {
          if ((await tokens.settle(idleMs)) && used.get(tokens.key) === tokens) used.delete(tokens.key)
        }),
      )
  }
  const tidy = async (): Promise<void> => {
    await tellTime()
    await settleAll()
  }
  const tidying = new Poller(() => TIDY_MS, tidy)
  return {
    openTokens(name, limit) {
      const key = `${service}/${name}`
      used.get(key)?.discard()
      used.delete(key)
      return new SharedTokens(key, limit, { table, processes, clocks, onUse })
    },
    tidy,
    async [Symbol.asyncDispose]() {
      stopHearing()
      await tidying[Symbol.asyncDispose]()
      await isInTime(CLOSE_MS, settleAll(0))
    },
  }
}

/** What the clock of each process said last; of those that have ended, too, since what they wrote is still there. */
function withTime(row: Bucket | undefined, name: string, at: number): Bucket {
  const others = Object.entries(row?.shares ?? {}).filter(([other]) => other !== name)
  return { tokens: 0, at, by: name, shares: Object.fromEntries([...others.slice(1 - MOST_TIMES), [name, at]]) }
}

const MOST_TIMES = 32
