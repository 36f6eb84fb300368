import { type Interfaces, Parser } from '@oclif/core'
import { DaemonCommand } from '../client/index.js'
import { VALUE_KINDS, type ValueKind } from '../client/completion/index.js'

/** A user who presses Tab must not wait long for a host that is away. */
const TIMEOUT_MS = 3_000

/** The command that completion scripts call. It starts nothing, and prints nothing when anything fails. */
export default class Complete extends DaemonCommand {
  static override hidden = true
  static override strict = false
  static override summary = 'Print what a shell may complete: groups, tests, runs or peers, a line each.'

  override async run(): Promise<string[]> {
    try {
      const [kind, ...typed] = (await this.parse(Complete)).argv as string[]
      const values = await readValues(VALUE_KINDS.find((one) => one === kind) as ValueKind, typed)
      const unique = [...new Set(values)].sort()
      if (unique.length > 0) this.log(unique.join('\n'))
      return unique
    } catch {
      return []
    }
  }
}

/** @param typed the words before the cursor, whose flags say which hosts are meant */
async function readValues(kind: ValueKind, typed: string[]): Promise<string[]> {
  const { Fleet, fleetFlags, resolveTargets } = await import('../client/fleet/index.js')
  const { flags } = await Parser.parse(flagsOf(typed, fleetFlags), { flags: fleetFlags })
  const targets = await resolveTargets(flags, () => undefined)
  if (kind === 'peers') return targets.map(({ address }) => address)
  using fleet = new Fleet(targets)
  const within = { timeoutMs: TIMEOUT_MS }
  const found = await fleet.each(async (peer): Promise<(string | undefined)[]> => {
    if (kind === 'groups') return ((await peer.call('ListGroups', {}, within)).groups ?? []).map(({ name }) => name)
    if (kind === 'tests') return ((await peer.call('ListTests', {}, within)).tests ?? []).map(({ test }) => test)
    return ((await peer.call('ListRuns', { with_tests: true }, within)).runs ?? []).map(({ run_id }) => run_id)
  })
  return found.flatMap((one) => (one.ok ? one.result : [])).filter((value) => value !== undefined)
}

/** Keeps the fleet flags and their values; the other words belong to the command that is being typed. */
const flagsOf = (typed: readonly string[], known: Interfaces.FlagInput): string[] =>
  typed.flatMap((word, at) => {
    const [, name = '', value] = /^--([a-z-]+)(=.*)?$/.exec(word) ?? []
    if (!(name in known)) return []
    const next = typed[at + 1]
    return known[name]?.type === 'boolean' || value !== undefined || next === undefined ? [word] : [word, next]
  })
