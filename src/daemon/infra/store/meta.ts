import { MAX_HOSTS_OF_RUN } from '../limits.js'
import type { HostClock, StoredGroup, StoredRun, StoredTest, TestName } from '../contract/records.js'
import type { InfraStore } from '../contract/store.js'
import type { Names } from './names.js'
import type { Span } from './received.js'
import { allEntries, entriesUnder, numbers, type Tables } from './tables.js'
import type { GroupCommit } from './writer.js'

type Part = Pick<
  InfraStore,
  | 'readGroups'
  | 'putGroup'
  | 'deleteGroup'
  | 'readTests'
  | 'putTest'
  | 'deleteTest'
  | 'readRuns'
  | 'readRun'
  | 'countRuns'
  | 'readClocks'
  | 'keepClocks'
> & {
  /** Goes on deleting what a killed process left behind. */
  readonly resume: () => void
  readonly close: () => Promise<void>
}

interface Deps {
  readonly tables: Tables
  readonly names: Names
  readonly commits: GroupCommit
  readonly readSpans: (run?: number) => Iterable<Span>
}

/** How many records of a deleted group one transaction deletes: other writes must not wait for a million of them. */
const PURGE_AT_ONCE = 2_000

/** Groups, tests and runs: few records, as JSON. */
export function metaPart({ tables, names, commits, readSpans }: Deps): Part {
  const { meta } = tables
  const purge = purger(tables, commits)
  const records = <T>(prefix: string): T[] =>
    [...meta.getRange({ start: `${prefix}/`, end: `${prefix}0` })].map(({ value }) => JSON.parse(value) as T)
  const put = (key: string, record: unknown): Promise<void> =>
    commits.add(() => void meta.put(key, JSON.stringify(record)), { urgent: true })

  const readClocks = (run: string): HostClock[] => JSON.parse(meta.get(`clocks/${run}`) ?? '[]') as HostClock[]

  return {
    readClocks,
    async keepClocks(run, clocks) {
      let kept: HostClock[] = []
      const write = (): void => {
        const all = new Map(readClocks(run).map((clock) => [clock.device, clock]))
        for (const clock of clocks)
          if (!all.has(clock.device) && all.size < MAX_HOSTS_OF_RUN) all.set(clock.device, clock)
        kept = [...all.values()]
        void meta.put(`clocks/${run}`, JSON.stringify(kept))
      }
      await commits.add(write, { urgent: true })
      return kept
    },
    readGroups: () =>
      records<StoredGroup & { invite: string }>('group').map((group) => ({
        ...group,
        invite: new Uint8Array(Buffer.from(group.invite, 'base64')),
      })),
    putGroup: (group) => put(`group/${group.name}`, { ...group, invite: Buffer.from(group.invite).toString('base64') }),
    async deleteGroup(name) {
      const number = names.find('group', name)
      const forget = names.forget('group', name)
      await commits.add(
        () => {
          void meta.remove(`group/${name}`)
          forget()
          if (number !== undefined) void meta.put(`grave/${number}`, String(number))
        },
        { urgent: true },
      )
      purge.resume()
    },

    readTests: () => records('test'),
    putTest: (test) =>
      commits.add(
        () => {
          void meta.put(`test/${nameOf(test)}`, JSON.stringify(test))
          if (test.run === undefined) return
          const key = `run/${test.run}/${nameOf(test)}`
          if (meta.get(key) === undefined && isFirstOf(tables, test.run)) raiseRuns(tables)
          void meta.put(key, JSON.stringify(test))
        },
        { urgent: true },
      ),
    deleteTest: (of) => commits.add(() => void meta.remove(`test/${nameOf(of)}`), { urgent: true }),

    readRuns() {
      const tests = new Map<string, StoredTest[]>()
      for (const test of records<StoredTest>('run')) listIn(tests, test.run ?? '').push(test)
      const spans = new Map<string, Span[]>()
      for (const span of readSpans()) if (isWhole(span, names)) listIn(spans, names.text(span.run)).push(span)
      const all = new Set([...tests.keys(), ...spans.keys()])
      return [...all]
        .map((run) => storedRun(run, { tests: tests.get(run) ?? [], spans: spans.get(run) ?? [], names }))
        .sort((a, b) => b.startedAt - a.startedAt)
    },
    readRun(run) {
      const tests = records<StoredTest>(`run/${run}`)
      const number = names.find('run', run)
      const spans = number === undefined ? [] : [...readSpans(number)].filter((span) => isWhole(span, names))
      return tests.length + spans.length === 0 ? undefined : storedRun(run, { tests, spans, names })
    },
    countRuns: () => Number(meta.get('runs') ?? '0'),
    resume: purge.resume,
    close: purge.close,
  }
}

const nameOf = ({ group, test }: TestName): string => JSON.stringify([group, test])

const isFirstOf = ({ meta }: Tables, run: string): boolean =>
  [...meta.getKeys({ start: `run/${run}/`, end: `run/${run}0`, limit: 1 })].length === 0

const raiseRuns = ({ meta }: Tables): void => void meta.put('runs', String(Number(meta.get('runs') ?? '0') + 1))

/** Whether the span's run has a name and its group still exists. */
const isWhole = (span: Span, names: Names): boolean => span.run !== 0 && names.isKnown(span.group)

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function storedRun(
  run: string,
  { tests, spans, names }: { tests: readonly StoredTest[]; spans: readonly Span[]; names: Names },
): StoredRun {
  const begins =
    tests.length > 0 ? tests.map(({ startedAt }) => startedAt ?? 0) : spans.map(({ startedAt }) => startedAt)
  const ends = tests.length > 0 ? tests.map(({ endedAt }) => endedAt) : spans.map(({ endedAt }) => endedAt)
  return {
    run,
    startedAt: Math.min(...begins),
    endedAt: ends.includes(undefined) ? undefined : Math.max(...ends.map((end) => end ?? 0)),
    tests,
    receivedIn: spans.map((span) => names.text(span.group)),
  }
}

/** Deletes the records of deleted groups, a few at a time. */
function purger(tables: Tables, commits: GroupCommit): { resume: () => void; close: () => Promise<void> } {
  let working: Promise<void> | undefined
  let isClosed = false
  const graves = (): number[] =>
    [...tables.meta.getRange({ start: 'grave/', end: 'grave0' })].map(({ value }) => Number(value))

  async function work(): Promise<void> {
    for (let group = graves()[0]; group !== undefined && !isClosed; group = graves()[0]) {
      const gone = group
      await commits.add(() => purgeSome(tables, gone))
    }
  }
  return {
    resume() {
      // If the disk is full, the rest is deleted after the next start.
      working ??= work()
        .catch(() => undefined)
        .finally(() => (working = undefined))
    },
    async close() {
      isClosed = true
      await working
    },
  }
}

function purgeSome({ ids, received, spans, counts, meta }: Tables, group: number): void {
  const prefix = numbers(group)
  let left = PURGE_AT_ONCE
  for (const table of [received, ids])
    for (const { key } of entriesUnder(table, prefix)) {
      if (left-- === 0) return
      void table.remove(key)
    }
  for (const { key } of [...allEntries(spans)]) if (key.readUInt32BE(4) === group) void spans.remove(key)
  void counts.remove(prefix)
  void meta.remove(`grave/${group}`)
}
