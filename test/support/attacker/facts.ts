import { type ChannelSeen, type GateSeen, type Seen, SPARE_SOCKETS } from './course.js'

/** What must hold after an attack. */
export interface Fact {
  readonly name: string
  /** What does not hold, in words; nothing when it does. */
  readonly problems: (seen: Seen) => string[]
}

/** What a daemon may grow by. */
const GROWTH_MIB = 40
/** A call is slower than usual when it takes so many times as long, and so much longer. */
const SLOWER = { times: 5, ms: 150 }
const LOG_LINES_PER_MINUTE = 20

/** The same question about each gate; problems say which. */
const ofGates =
  (problem: (gate: GateSeen, seen: Seen) => string | false | undefined) =>
  (seen: Seen): string[] =>
    seen.gates.flatMap((gate) => {
      const words = problem(gate, seen)
      return words ? [`"${gate.name}": ${words}`] : []
    })

const ofChannels = (problem: (channel: ChannelSeen) => string | false | undefined) =>
  ofGates(({ channels }) =>
    channels
      .flatMap((one) => {
        const words = problem(one)
        return words ? [`channel ${one.channel} ${words}`] : []
      })
      .join('; '),
  )

const slower = (what: string, before: number, after: number): string[] =>
  after > before * SLOWER.times && after > before + SLOWER.ms
    ? [`${what} took ${before.toFixed(0)} ms, and takes ${after.toFixed(0)} ms`]
    : []

/** Lines of faults, each with the beginning of its stack. */
const faultsIn = (log: readonly string[]): string[] =>
  log.flatMap((line, at) => (/ (ERROR|FATAL): |internal error/.test(line) ? log.slice(at, at + 6) : []))

export const FACTS: readonly Fact[] = [
  {
    name: 'the processes live',
    problems: ofGates(
      ({ exitCode, log }) => exitCode !== null && `ended with ${exitCode}\n${log.slice(-12).join('\n')}`,
    ),
  },
  { name: 'the attacker saw nothing that must not be', problems: ({ report }) => [...report.found] },
  {
    name: 'nothing was a fault of their own',
    problems: ofGates(({ log }) => faultsIn(log).join('\n')),
  },
  {
    name: 'strangers write no log',
    problems: ofGates(({ log }, { seconds }) => {
      const most = LOG_LINES_PER_MINUTE * Math.max(1, seconds / 60)
      return log.length > most && `${log.length} lines, such as\n${log.slice(-5).join('\n')}`
    }),
  },
  {
    name: 'they are done with what attackers left behind',
    problems: ({ recoveryMs }) => (recoveryMs === undefined ? ['honest questions wait for ever'] : []),
  },
  { name: 'they are ready', problems: ofGates(({ ready }) => ready !== '200' && `/readyz: ${ready}`) },
  {
    name: 'own services and paid calls take their usual time',
    problems: ofGates(({ usual: { before, after } }) =>
      [
        ...after.failures,
        ...slower('GetChannelState', before.stateMs, after.stateMs),
        ...slower('a paid call', before.paidMs, after.paidMs),
      ].join('; '),
    ),
  },
  {
    name: 'so does the control port',
    problems: ({ controlMs: { before, after } }) =>
      before === undefined || after === undefined ? ['it does not answer'] : slower('a call', before, after),
  },
  {
    name: 'memory is level',
    problems: ofGates(
      ({ residentMiB: { before, after } }) =>
        !(after < before + GROWTH_MIB) && `from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`,
    ),
  },
  {
    name: 'all sockets are closed',
    problems: ofGates(
      ({ sockets: { before, after } }) => after > before + SPARE_SOCKETS && `${after} are open, ${before} were at rest`,
    ),
  },
  {
    name: 'nothing is held',
    problems: ofGates(({ status }) => {
      const [calls, payments] = [status?.calls_in_flight, status?.payments_in_flight]
      return (calls !== 0 || payments !== 0) && `${calls} calls and ${payments} payments in flight`
    }),
  },
  { name: 'every channel tells its state', problems: ofChannels(({ kept }) => kept === undefined && 'does not') },
  {
    name: 'no payment was lost, and none kept that was not made',
    problems: ofChannels(({ kept, confirmed, signed }) =>
      kept === undefined
        ? undefined
        : kept < confirmed
          ? `was answered for ${confirmed}, ${kept} are kept`
          : kept > signed && `keeps ${kept}, ${signed} were signed`,
    ),
  },
  {
    name: 'what is kept is what was counted',
    problems: ofGates(({ channels, status }, { price }) => {
      if (channels.some((channel) => channel.kept === undefined)) return undefined
      const kept = channels.reduce((sum, channel) => sum + (channel.kept ?? 0n), 0n)
      return String(kept / price) !== String(status?.payments_kept) && `${kept} cogs, ${status?.payments_kept} payments`
    }),
  },
  {
    name: 'the service was asked for whatever is kept',
    problems: ofGates(({ name, channels }, { price, serviceCalls }) => {
      const kept = channels.reduce((sum, channel) => sum + (channel.kept ?? 0n), 0n) / price
      return name === 'open' && kept > BigInt(serviceCalls) && `${kept} kept, ${serviceCalls} calls`
    }),
  },
  {
    name: 'the contract pays what is kept',
    problems: ofChannels(({ unclaimable }) => unclaimable !== undefined && `cannot be claimed: ${unclaimable}`),
  },
  {
    name: 'quiet streams stayed',
    problems: ({ quietStreams }) =>
      quietStreams.filter((status) => status !== '0').map((status) => `ended with ${status}`),
  },
]

/** Each fact, and what does not hold of it. */
export function judge(seen: Seen): { readonly fact: string; readonly problems: readonly string[] }[] {
  return FACTS.map((fact) => ({ fact: fact.name, problems: fact.problems(seen) }))
}
