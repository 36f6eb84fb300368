import { setImmediate as nextTurn } from 'node:timers/promises'
import { SnetError } from '../../../shared/errors.js'
import type { Tests } from '../contract/control.js'
import type { LedgerStore } from '../contract/store.js'

/** Entries of one page. */
const PAGE = 1_000

type LedgerPage = ReturnType<Tests['ledger']> extends AsyncIterable<infer Page> ? Page : never

/**
 * This daemon's part of a run's ledger. Messages too short for a header name no run: they come with every run of their
 * group, and the report knows them by their cid. A run that this daemon does not list may have entries, too: such messages,
 * and those of senders that named too many runs. Error: `not-found` if there is nothing.
 */
export async function* readLedger(
  { store, groupNames }: { store: LedgerStore; groupNames: readonly string[] },
  run: string,
): AsyncGenerator<LedgerPage> {
  await store.flush()
  const known = store.readRun(run)
  const groups = known ? new Set([...known.tests.map(({ group }) => group), ...known.receivedIn]) : groupNames
  let isEmpty = true
  for await (const sent of pagesOf(store.readSent(run))) yield { sent, received: [], acks: [] }
  for (const group of groups)
    for await (const received of pagesOf(store.readReceived({ group, run }))) {
      isEmpty = false
      yield { sent: [], received, acks: [] }
    }
  if (!known && isEmpty) throw new SnetError('not-found', `no run ${run} is known here`)
  for await (const acks of pagesOf(store.readAcks(run))) yield { sent: [], received: [], acks }
}

/** Other work gets its turn between pages. */
async function* pagesOf<T>(entries: Iterable<T>): AsyncGenerator<T[]> {
  let page: T[] = []
  for (const entry of entries) {
    if (page.push(entry) < PAGE) continue
    yield page
    page = []
    await nextTurn()
  }
  if (page.length > 0) yield page
}
