import { createHash } from 'node:crypto'
import { framed } from '../by-hand.js'
import { until } from '../until.js'
import { type CallPlan, caseOf, type CasePlan } from './call-plan.js'
import type { Lines } from './hpack-writer.js'
import { type Heard, type PlannedFrames, startPlannedFrames } from './planned-frames.js'
import { openPlane, type Plane, PLANES } from './planes.js'
import { playCalls, type Played, type Seen } from './play-calls.js'

/** Longer than any call takes, however busy the machine. */
const CASE_MS = 300_000
/** They describe one connection, or one moment. */
const OF_NO_CALL = new Set(['date', 'user-agent', ':authority', ':scheme', 'grpc-timeout'])
/** What a gate answers to larger heads is a matter of its limits. */
const SURE_HEAD_BYTES = 12_000

interface Side {
  readonly plane: Plane
  readonly service: PlannedFrames
}

interface Result {
  readonly played: readonly Played[]
  readonly heard: ReadonlyMap<string, Heard>
  readonly committed: number
  readonly problems: readonly string[]
}

/** The same service behind gates of either kind, for as many cases as one likes. */
export interface Arena extends AsyncDisposable {
  /** Plays a case through both and returns how they differ, and what neither may do. */
  run(seed: string): Promise<string[]>
}

export async function openArena(onCall?: () => void): Promise<Arena> {
  const sides: Side[] = []
  for (const name of PLANES) {
    const service = await startPlannedFrames()
    sides.push({ service, plane: await openPlane(name, service.url, onCall) })
  }
  return {
    async run(seed) {
      const plan = caseOf(seed)
      const results = await Promise.all(sides.map((side) => runOn(side, plan)))
      const [framed, node] = results as [Result, Result]
      const own = results.flatMap(({ problems }, at) => problems.map((one) => `${PLANES[at]}: ${one}`))
      return [...own, ...differences(plan, framed, node)]
    },
    async [Symbol.asyncDispose]() {
      for (const { plane, service } of sides) {
        await plane[Symbol.asyncDispose]()
        await service[Symbol.asyncDispose]()
      }
    },
  }
}

async function runOn({ plane, service }: Side, plan: CasePlan): Promise<Result> {
  const problems: string[] = []
  const { payments } = plane
  const before = payments.committed
  const gate = plan.isPaid ? plane.paid : plane.free
  const plans = new Map(plan.connections.flat().map((call) => [call.key, call]))
  await withLimit('the service was left', service.begin(plan.seed, plans))
  const course = {
    port: gate.address.port,
    isPaid: plan.isPaid,
    leaves: plan.clientLeaves,
    onMidway: () => plan.serviceLeaves && service.leave(),
  }
  const played = await withLimit(
    'all calls ended',
    Promise.all(plan.connections.map((calls, at) => playCalls(calls, { ...course, seed: `${plan.seed}/${at}` }))),
  )
  await until('no call is open', () => service.openCalls + gate.callsInFlight + payments.open === 0, {
    everyMs: 1,
    limitMs: 20_000,
  }).catch(() =>
    problems.push(
      `open in the end: ${service.openCalls} at the service, ${gate.callsInFlight} in the gate, ${payments.open} payments`,
    ),
  )
  problems.push(...service.faults, ...plane.errors.splice(0), ...played.flatMap(({ faults }) => faults))
  for (const { goaway } of played) if (goaway) problems.push(`the connection ended with GOAWAY ${goaway}`)
  const heard = new Map([...service.heard].map(([key, one]) => [key, { ...one }]))
  return { played, heard, committed: payments.committed - before, problems }
}

async function withLimit<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error(`waited in vain until ${what}`)), CASE_MS)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

function differences(plan: CasePlan, framed: Result, node: Result): string[] {
  const found: string[] = []
  const compare = (what: string, one: unknown, other: unknown): void => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(other)]
    if (left !== right) found.push(`${what}\n  frames ${left}\n  node   ${right}`)
  }
  plan.connections.forEach((calls, at) => {
    for (const call of calls) {
      const [ours, theirs] = [framed, node].map((result) => result.played[at]?.calls.get(call.key)) as [Seen, Seen]
      const about = `${call.key} (${wordsOf(call)})`
      // A call that is opened while a service leaves may fail with node:http2; ours makes it elsewhere.
      if (!plan.serviceLeaves) compare(`${about}, what the client saw`, seenOf(call, ours), seenOf(call, theirs))
      found.push(...againstPlan(call, ours).map((one) => `${about}: ${one}`))
      if (call.givesUpAfter !== undefined || plan.serviceLeaves) continue
      compare(`${about}, what the service heard`, heardOf(call, framed.heard), heardOf(call, node.heard))
    }
  })
  const isSure = !plan.serviceLeaves && plan.connections.flat().every(({ givesUpAfter }) => givesUpAfter === undefined)
  if (isSure) compare('payments kept', framed.committed, node.committed)
  return found
}

/** What is the same whenever the same call is made: where one side breaks off, how much came before is chance. */
function seenOf(call: CallPlan, { heads, body, end }: Seen): unknown {
  if (call.givesUpAfter !== undefined) return undefined
  const last = sorted(heads.at(-1) ?? [])
  if (call.ending !== 'status') return { end, status: last['grpc-status'], message: last['grpc-message'] }
  return { end, heads: heads.map(sorted), body: digest(Buffer.concat(body)) }
}

function heardOf(call: CallPlan, heard: ReadonlyMap<string, Heard>): unknown {
  const one = heard.get(call.key)
  if (!one) return undefined
  const fields = sorted(one.fields)
  return isWhole(call) ? { fields, body: digest(Buffer.concat(one.body)), end: one.end } : { fields }
}

/** Whether the service answers only once it has heard all. */
const isWhole = ({ answersLate }: CallPlan): boolean => answersLate

const isGrpc = ({ head }: CallPlan): boolean => head[1]?.[1]?.startsWith('application/grpc') === true

/** What a client must have seen, whichever HTTP/2 was spoken. */
function againstPlan(call: CallPlan, { heads, body, end }: Seen): string[] {
  const planned =
    isGrpc(call) && (call.headers || call.ending !== 'status')
      ? Buffer.concat(call.answers.map((one) => framed(one)))
      : Buffer.alloc(0)
  const got = Buffer.concat(body)
  if (!planned.subarray(0, got.length).equals(got))
    return [`the client got ${digest(got)}, which is no beginning of ${digest(planned)}`]
  if (call.givesUpAfter !== undefined) return []
  if (end !== 'end') return [`it ended with ${end}`]
  if (call.ending !== 'status' || !isGrpc(call) || call.requests.length === 0 || sizeOf(call) > SURE_HEAD_BYTES)
    return []
  const status = (lines: Lines): string | undefined => lines.find(([name]) => name === 'grpc-status')?.[1]
  if (status(heads.at(-1) ?? []) !== status(call.trailers))
    return [`the status was ${status(heads.at(-1) ?? [])}, not ${status(call.trailers)}`]
  return got.length === planned.length ? [] : [`the client got ${got.length} of ${planned.length} bytes`]
}

const sizeOf = ({ metadata, headers = [], trailers }: CallPlan): number =>
  [...metadata, ...headers, ...trailers].reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0)

function sorted(lines: Lines): Record<string, string> {
  const found = new Map<string, string[]>()
  for (const [name, value] of lines) if (!OF_NO_CALL.has(name)) found.set(name, [...(found.get(name) ?? []), value])
  return Object.fromEntries(
    [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, all]) => [name, short(all.join(', ').replace(/127\.0\.0\.1:\d+/, 'HOST'))]),
  )
}

const short = (text: string): string =>
  text.length <= 80 ? text : `${text.slice(0, 20)}… ${digest(Buffer.from(text))}`

const digest = (bytes: Buffer): string =>
  `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`

const wordsOf = ({
  shape,
  requests,
  answers,
  ending,
  givesUpAfter,
  answersLate,
  headers,
  requestEnds,
}: CallPlan): string =>
  [
    `${shape} ${requests.map(({ length }) => length).join('+')} → ${answers.map(({ length }) => length).join('+')}`,
    `request ends ${requestEnds}`,
    headers ? `ends with ${ending}` : 'status only',
    answersLate ? 'late' : 'early',
    ...(givesUpAfter === undefined ? [] : [`given up after ${givesUpAfter}`]),
  ].join(', ')
