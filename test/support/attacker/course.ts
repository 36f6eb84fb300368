import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { Contract, Wallet } from 'ethers'
import { escrowInterface } from '../../../src/ethereum/interfaces/index.js'
import type { GateMessage } from '../../../src/shared/wire/index.js'
import type { StartedGate } from '../gates.js'
import { openSockets, residentMiB } from '../process-facts.js'
import { takeTime } from '../take-time.js'
import { until } from '../until.js'
import type { Kept } from './books.js'
import { type Arena, type Attacked, type AttackTerms, SERVICE_CONNECTIONS } from './arena.js'
import { Honest, type Usual } from './honest.js'
import type { AttackReport, Place } from './plan.js'

/** What was seen of one attacked gate. */
export interface GateSeen {
  readonly name: Place['name']
  readonly exitCode: number | string | null
  /** Lines of its log since the attack began. */
  readonly log: readonly string[]
  readonly usual: { readonly before: Usual; readonly after: Usual }
  readonly residentMiB: { readonly before: number; readonly after: number }
  readonly sockets: { readonly before: number; readonly after: number }
  readonly ready: string
  readonly status: GateMessage | undefined
  readonly channels: readonly ChannelSeen[]
}

export interface ChannelSeen {
  readonly channel: bigint
  readonly kept: bigint | undefined
  readonly confirmed: bigint
  readonly signed: bigint
  /** Why the contract would not pay out what is kept; undefined when it would. */
  readonly unclaimable: string | undefined
}

export interface Seen {
  readonly seed: string
  readonly seconds: number
  readonly report: AttackReport
  readonly gates: readonly GateSeen[]
  readonly controlMs: { readonly before: number | undefined; readonly after: number | undefined }
  /** How the quiet streams of an honest client ended, one after the other. */
  readonly quietStreams: readonly string[]
  /** How long they went on with what attackers had left behind; undefined when there was no end of it. */
  readonly recoveryMs: number | undefined
  readonly price: bigint
  readonly serviceCalls: number
  readonly acts: readonly string[]
}

const WARM_UP_SECONDS = 8
const QUIET_MS = 28_000
/** Connections of the daemon's own to node and service, which come and go. */
export const SPARE_SOCKETS = 6 + SERVICE_CONNECTIONS
const SETTLE_MS = 30_000
const SOON_MS = 1_000
const RECOVERY_MS = 60_000

/** Measures, attacks and measures again; what comes first warms up what grows once: code, buffers, caches. */
export async function runCourse(arena: Arena, terms: AttackTerms): Promise<Seen> {
  const honest = new Honest(arena)
  const gates = [arena.open, arena.tls]
  const atRest = await Promise.all(gates.map((gate) => openSockets(pidOf(gate))))
  for (const gate of gates) await honest.usualTime(gate)
  const warmUp = await arena.attack({ ...terms, seed: `${terms.seed} at first`, seconds: WARM_UP_SECONDS })
  await settle(gates, atRest)
  const before = []
  for (const gate of gates) before.push(await measure(honest, gate))
  const controlBefore = await honest.controlMs()
  const attack = arena.attack(terms)
  const streams = holdStreams(honest, arena.tls, attack)
  const report = await attack
  const quietStreams = await streams
  await settle(gates, atRest)
  const recoveryMs = await recover(honest, gates)
  const seen: GateSeen[] = []
  for (const [i, gate] of gates.entries()) {
    const known = { before: before[i] as Measured, sockets: atRest[i] as number, reports: [warmUp, report] }
    seen.push(await lookAt(arena, honest, gate, known))
  }
  return {
    recoveryMs,
    ...{ seed: terms.seed, seconds: terms.seconds, price: BigInt(arena.grounds.price), quietStreams },
    report: { ...report, found: [...warmUp.found, ...report.found] },
    gates: seen,
    controlMs: { before: controlBefore, after: await honest.controlMs() },
    serviceCalls: await arena.stopService(),
    acts: arena.acts(),
  }
}

const pidOf = ({ gate }: Attacked): number => gate.child.process.pid as number
const isAlive = ({ gate }: Attacked): boolean => gate.child.process.exitCode === null && !gate.child.process.signalCode

/** Until the sockets are as few as they were, but not for ever: a fact of its own tells how many are left. */
async function settle(gates: readonly Attacked[], atRest: readonly number[]): Promise<void> {
  const isQuiet = async (): Promise<boolean> => {
    for (const [i, gate] of gates.entries())
      if (isAlive(gate) && (await openSockets(pidOf(gate))) > (atRest[i] as number) + SPARE_SOCKETS) return false
    return true
  }
  await until('all sockets are closed', isQuiet, { everyMs: 100, limitMs: SETTLE_MS }).catch(() => undefined)
}

/** Until what attackers left in the queues is worked off, and the first honest question is answered without delay. */
async function recover(honest: Honest, gates: readonly Attacked[]): Promise<number | undefined> {
  const began = performance.now()
  const answersSoon = async (attacked: Attacked): Promise<boolean> => {
    const asked = performance.now()
    return (await honest.kept(attacked, attacked.honest[0])) !== undefined && performance.now() - asked < SOON_MS
  }
  const areAwake = async (): Promise<boolean> =>
    (await Promise.all(gates.filter(isAlive).map(answersSoon))).every((isSoon) => isSoon)
  try {
    await until('honest questions are answered soon', areAwake, { everyMs: 100, limitMs: RECOVERY_MS })
    return performance.now() - began
  } catch {
    return undefined
  }
}

/** Quiet streams of an honest client, one after the other until the attack is over. */
async function holdStreams(honest: Honest, at: Attacked, attack: Promise<unknown>): Promise<string[]> {
  let isOver = false
  const ended = attack.catch(() => undefined).then(() => (isOver = true))
  const statuses: string[] = []
  while (!isOver && (statuses.at(-1) ?? '0') === '0') {
    statuses.push(await honest.quietStream(at, Promise.race([takeTime(QUIET_MS), ended])))
  }
  return statuses
}

interface Measured {
  readonly usual: Usual
  readonly residentMiB: number
  readonly logLines: number
}

const measure = async (honest: Honest, attacked: Attacked): Promise<Measured> => ({
  usual: await honest.usualTime(attacked),
  residentMiB: await collectedMiB(attacked),
  logLines: attacked.gate.child.lines.length,
})

/** What is resident once what nobody uses is collected. */
async function collectedMiB(attacked: Attacked): Promise<number> {
  process.kill(pidOf(attacked), 'SIGUSR2')
  // An answer to a question that was asked behind the signal comes behind the collection.
  for (let i = 0; i < 2; i++) await attacked.gate.status()
  return await residentMiB(pidOf(attacked))
}

async function lookAt(
  arena: Arena,
  honest: Honest,
  attacked: Attacked,
  { before, sockets, reports }: { before: Measured; sockets: number; reports: readonly AttackReport[] },
): Promise<GateSeen> {
  const { gate, place } = attacked
  const { process, lines } = gate.child
  const log = lines.slice(before.logLines)
  if (!isAlive(attacked)) return deadGate(attacked, log, before)
  const after = { sockets: await openSockets(pidOf(attacked)), ...(await measure(honest, attacked)) }
  return {
    name: place.name,
    exitCode: process.exitCode ?? process.signalCode,
    log,
    usual: { before: before.usual, after: after.usual },
    residentMiB: { before: before.residentMiB, after: after.residentMiB },
    sockets: { before: sockets, after: after.sockets },
    ready: await readiness(place),
    status: await restingStatus(gate),
    channels: await channelsOf(arena, honest, attacked, reports),
  }
}

/** The status once nothing is in flight, or the last one: a connection that broke the protocol is given up after a while. */
async function restingStatus(gate: StartedGate): Promise<GateMessage | undefined> {
  let last: GateMessage | undefined
  const isAtRest = async (): Promise<boolean> => {
    last = (await gate.status().catch(() => undefined))?.gate
    return last?.calls_in_flight === 0 && last.payments_in_flight === 0
  }
  await until('nothing is in flight', isAtRest, { everyMs: 200, limitMs: SETTLE_MS }).catch(() => undefined)
  return last
}

const deadGate = ({ gate, place }: Attacked, log: readonly string[], before: Measured): GateSeen => ({
  ...{ name: place.name, exitCode: gate.child.process.exitCode ?? gate.child.process.signalCode, log },
  usual: { before: before.usual, after: { paidMs: NaN, stateMs: NaN, failures: [] } },
  ...{ residentMiB: { before: before.residentMiB, after: NaN }, sockets: { before: 0, after: 0 } },
  ...{ ready: 'nobody answers', status: undefined, channels: [] },
})

/** What `/readyz` says. */
const readiness = ({ host, port, tls }: Place): Promise<string> =>
  new Promise((done) => {
    const options = { host, port, path: '/readyz', agent: false, timeout: 10_000, rejectUnauthorized: false }
    const request = (tls ? getHttps : getHttp)(options, (response) => {
      response.resume()
      done(String(response.statusCode))
    })
    request.on('timeout', () => request.destroy(new Error('no answer'))).on('error', ({ message }) => done(message))
  })

/** The books of both sides, and the contract's word on what is kept. */
async function channelsOf(
  arena: Arena,
  honest: Honest,
  attacked: Attacked,
  reports: readonly AttackReport[],
): Promise<ChannelSeen[]> {
  const booked = (channel: bigint, key: 'confirmed' | 'signed'): bigint =>
    reports
      .flatMap(({ books }) => books)
      .filter((book) => book.place === attacked.place.name && book.channel === String(channel))
      .reduce((most, book) => (BigInt(book[key]) > most ? BigInt(book[key]) : most), honest.book(channel)[key])
  return await Promise.all(
    [...attacked.channels, ...attacked.honest].map(async (channel) => {
      const kept = await honest.kept(attacked, channel)
      return {
        ...{ channel, kept: kept?.amount, confirmed: booked(channel, 'confirmed'), signed: booked(channel, 'signed') },
        unclaimable: kept && kept.amount > 0n ? await refusalOf(arena, channel, kept) : undefined,
      }
    }),
  )
}

/** Why the contract refuses to pay out what is kept; undefined when it would pay. */
async function refusalOf(arena: Arena, channel: bigint, { amount, signature }: Kept): Promise<string | undefined> {
  const { network } = arena
  const escrow = new Contract(network.contracts.mpe, escrowInterface, new Wallet(network.owner.key, network.provider))
  const [r, s, v] = [signature.subarray(0, 32), signature.subarray(32, 64), signature[64]]
  try {
    await escrow.getFunction('channelClaim').staticCall(channel, amount, amount, v, r, s, false)
    return undefined
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}
