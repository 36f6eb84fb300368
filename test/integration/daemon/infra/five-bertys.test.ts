import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { fetchReport, Fleet, type FleetPeer, type RunReport } from '../../../../src/client/fleet/index.js'
import { cidOfText } from '../../../../src/daemon/infra/berty/cids.js'
import { startInfra } from '../../../../src/daemon/infra/index.js'
import { openInfraStore } from '../../../../src/daemon/infra/store/index.js'
import {
  type BertyNetwork,
  createBertyNetwork,
  type Era,
  type MessageRecord,
} from '../../../../src/sandbox/berty/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { bertyCodecs } from '../../../../src/shared/wire/grpc/index.js'
import { type CutProxy, startCutProxy } from '../../../support/cut-proxy.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const GROUP = 'chat'
const RUN = 'five'
const signal = new AbortController().signal

interface Whole extends AsyncDisposable {
  readonly net: BertyNetwork
  readonly fleet: Fleet
  /** Between each daemon and its Berty. */
  readonly proxies: readonly CutProxy[]
}

/** Fake Bertys on one network, and beside each a control daemon with its listener. */
async function startWhole(eras: readonly Era[]): Promise<Whole> {
  const life = new Lifecycle()
  const net = await life.own('net', createBertyNetwork({ seed: 'five' }))
  const proxies: CutProxy[] = []
  const targets: ConstructorParameters<typeof Fleet>[0][number][] = []
  for (const [at, era] of eras.entries()) {
    const name = `peer${at + 1}`
    const proxy = await life.own('proxy', startCutProxy((await net.startPeer({ name, era })).endpoint))
    proxies.push(proxy)
    const store = await life.own('store', openInfraStore(join(path, name)))
    const bertyEndpoint = { host: '127.0.0.1', port: Number(proxy.endpoint.split(':')[1]) }
    const config = {
      ...{ endpoint: { host: '127.0.0.1', port: 0 }, tls: undefined, token: undefined, inviteFormat: 'proto' as const },
      ...{ bertyEndpoint, peerAllow: [], logs: { directory: 'logs', target: undefined } },
    }
    const infra = await life.own('infra', startInfra(config, { log: quietLog(), store }))
    const address = `127.0.0.1:${infra.address.port}`
    targets.push({
      name,
      address,
      kind: 'peer',
      berty: proxy.endpoint,
      access: { address, tls: undefined, token: undefined },
    })
  }
  const fleet = new Fleet(targets)
  await life.own('fleet', { [Symbol.asyncDispose]: async () => fleet[Symbol.dispose]() })
  await until(
    'all daemons are connected',
    async () =>
      (await fleet.each((peer) => peer.call('GetPeer', {}))).every((one) => one.ok && one.result.state === 'CONNECTED'),
    { limitMs: 80_000 },
  )
  return { net, fleet, proxies, [Symbol.asyncDispose]: () => life[Symbol.asyncDispose]() }
}

const deviceIn = async (peer: FleetPeer): Promise<Buffer> => {
  const { groups = [] } = await peer.call('ListGroups', {})
  return Buffer.from(groups.find(({ name }) => name === GROUP)?.device_pk ?? [])
}

const joinAndReceive = async (peer: FleetPeer, invite: Uint8Array): Promise<void> => {
  await peer.call('JoinGroup', { name: GROUP, invite })
  await peer.call('StartReceiving', { name: GROUP })
}

/** Each peer waits for those that it names. */
async function startTest(
  peers: readonly FleetPeer[],
  test: string,
  waits: (at: number) => readonly FleetPeer[],
): Promise<void> {
  const plan = { type: 'TEXT' as const, size: '200', interval_us: '4000', amount: '50', seed: 's', drain_us: '8000000' }
  for (const peer of peers) await peer.call('NewTest', { group: GROUP, test, plan })
  await Promise.all(
    peers.map(async (peer, at) => {
      const wait_for_devices = await Promise.all(waits(at).map(deviceIn))
      await peer.call('StartTest', { group: GROUP, test, run_id: RUN, wait_for_devices, wait_us: '60000000' })
    }),
  )
}

const testOf = async (peer: FleetPeer, test: string) =>
  (await peer.call('ListTests', { group: GROUP, test })).tests?.[0]
const sentBy = async (peer: FleetPeer, test: string): Promise<number> => Number((await testOf(peer, test))?.sent ?? 0)
const untilAll = (peers: readonly FleetPeer[], test: string, states: readonly string[]): Promise<void> =>
  until(
    `the test is ${states.join(' or ')} everywhere`,
    async () =>
      (await Promise.all(peers.map((peer) => testOf(peer, test)))).every((one) => states.includes(one?.state ?? '')),
    { everyMs: 50, limitMs: 80_000 },
  )

/** Ids of all that Berty has answered, by the daemons' ledgers. */
async function answeredCids({ peers }: Fleet): Promise<Set<string>> {
  const cids = new Set<string>()
  for (const { client } of peers)
    for await (const { sent = [] } of client.stream('ReadLedger', { run_id: RUN }, { signal }))
      for (const { cid } of sent) if (cid) cids.add(Buffer.from(cid).toString('hex'))
  return cids
}

interface Numbers {
  expected: number
  delivered: number
  lost: number
  duplicated: number
  acknowledged: number
}

const testIn = ({ message }: MessageRecord): string => {
  const { payload } = bertyCodecs.appMessage.decode(message)
  return /^m1 \S+ (\S+) /.exec(bertyCodecs.userMessage.decode(payload ?? Buffer.alloc(0)).body ?? '')?.[1] ?? ''
}

/** What the network says of each test and pair, for the messages that Berty has answered. */
function truthOf(net: BertyNetwork, answered: ReadonlySet<string>): Record<string, Numbers> {
  const pairs: Record<string, Numbers> = {}
  const { messages } = net.truth()
  const idOf = (cid: string): string => cidOfText(cid) ?? ''
  const acks = new Set(
    messages.flatMap(({ kind, target, sender, members }) => {
      if (kind !== 'acknowledge' || target === undefined) return []
      return [...members].flatMap(([to, { state }]) =>
        state === 'delivered' ? [`${sender} ${to} ${idOf(target)}`] : [],
      )
    }),
  )
  for (const record of messages) {
    if (record.kind !== 'user' || !answered.has(idOf(record.cid))) continue
    for (const [to, { keyed, state, duplicates }] of record.members) {
      const pair = (pairs[`${testIn(record)} ${record.sender} ${to}`] ??= {
        ...{ expected: 0, delivered: 0, lost: 0, duplicated: 0, acknowledged: 0 },
      })
      const isDelivered = state === 'delivered'
      if (keyed) pair.expected++
      if (keyed && isDelivered) pair.delivered++
      if (keyed && !isDelivered) pair.lost++
      pair.duplicated += duplicates
      if (acks.has(`${to} ${record.sender} ${idOf(record.cid)}`)) pair.acknowledged++
    }
  }
  return pairs
}

const reported = ({ pairs }: RunReport): Record<string, Numbers> =>
  Object.fromEntries(
    pairs.map(({ name, from, to, expected, delivered, lost, duplicated, acknowledged }) => [
      `${name} ${from} ${to}`,
      { expected, delivered, lost, duplicated, acknowledged },
    ]),
  )

/** Nothing is on its way any more. */
const isSettled = (net: BertyNetwork): boolean =>
  net
    .truth()
    .messages.every(({ members }) =>
      [...members.values()].every(({ state }) => state !== 'pending' && state !== 'withheld'),
    )

test(
  'a run over five Bertys with loss, duplicates, late keys and cuts: the report says what happened, exactly',
  { timeout: 120_000 },
  async () => {
    await using whole = await startWhole(['E', 'E', 'C', 'E', 'A'])
    const { net, fleet, proxies } = whole
    const [one, two, three, four, five] = fleet.peers as [FleetPeer, FleetPeer, FleetPeer, FleetPeer, FleetPeer]
    const early = [one, two, three, four]
    net.link('peer1', 'peer3', { loss: 0.15 }, { isOneWay: true })
    // What the first sends is withheld at the second for a while, and then comes in a burst.
    net.keyDelay('peer1', 'peer2', { arriveMs: 2_500 })
    net.acks({ loss: 0.1 })
    const { invite = new Uint8Array() } = await one.call('CreateGroup', { name: GROUP })
    await one.call('StartReceiving', { name: GROUP })
    for (const peer of [two, three, four]) await joinAndReceive(peer, invite)
    await startTest(early, 'a', (at) => early.filter((_peer, other) => other !== at && !(at === 1 && other === 0)))

    await until('8 messages are sent', async () => (await sentBy(two, 'a')) > 8, { limitMs: 80_000 })
    net.partition(['peer4'], ['peer1', 'peer2', 'peer3'])
    await until('24 messages are sent', async () => (await sentBy(two, 'a')) > 24, { limitMs: 80_000 })
    net.heal()
    await untilAll(early, 'a', ['DRAINING', 'DONE'])

    // Who joins now will never be able to read what was sent before.
    await joinAndReceive(five, invite)
    await startTest(fleet.peers, 'b', (at) => fleet.peers.filter((_peer, other) => other !== at))
    for (const sent of [4, 11, 18, 25, 32, 39]) {
      await until('one more message is sent', async () => (await sentBy(one, 'b')) > sent, { limitMs: 80_000 })
      proxies[2]?.cut()
    }
    await untilAll(fleet.peers, 'b', ['DRAINING', 'DONE'])
    await until('every message has its fate', () => isSettled(net), { everyMs: 20, limitMs: 80_000 })
    duplicateSome(net)
    await untilAll(early, 'a', ['DONE'])
    await untilAll(fleet.peers, 'b', ['DONE'])

    const answered = await answeredCids(fleet)
    const truth = truthOf(net, answered)
    const report = await fetchReport(fleet, RUN, signal)
    expect(reported(report)).toEqual({ ...reported(report), ...truth })
    const none = { expected: 0, delivered: 0, lost: 0, duplicated: 0, acknowledged: 0 }
    for (const { name } of early) expect(reported(report)[`a ${name} peer5`] ?? none).toEqual(none)

    const all = Object.values(truth)
    const sum = (field: keyof Numbers): number => all.reduce((total, numbers) => total + numbers[field], 0)
    expect(
      [truth['a peer1 peer3']?.lost, truth['b peer1 peer3']?.lost].every((lost) => lost !== undefined && lost > 0),
    ).toBe(true)
    expect(sum('duplicated')).toBe(6)
    expect(report.tests.reduce((late, { out_of_order }) => late + out_of_order, 0)).toBeGreaterThan(0)
    expect(report.verdict).toBe('failed')
    for (const tested of report.tests) {
      const senders = tested.name === 'a' ? 4 : 5
      expect(tested.sent + tested.send_errors + tested.sent_unknown).toBe(50 * senders)
      expect(tested.latency_ms.p50).toBeGreaterThan(0)
      expect(tested.ack_ms.p50).toBeGreaterThan(0)
    }
    // Only who was cut off from his Berty may be in doubt, and no more was sent than that.
    const doubts = report.tests.reduce((total, { sent_unknown }) => total + sent_unknown, 0)
    const unanswered = net
      .truth()
      .messages.filter(({ kind, cid }) => kind === 'user' && !answered.has(cidOfText(cid) ?? ''))
    expect(unanswered.length).toBeLessThanOrEqual(doubts)
    expect(new Set(unanswered.map(({ sender }) => sender)).size).toBeLessThanOrEqual(1)
  },
)

/** Three messages under a second id, and three as the same event, at a peer whose stream was never cut. */
function duplicateSome(net: BertyNetwork): void {
  const readable = net
    .truth()
    .messages.filter((record) => record.kind === 'user' && record.sender === 'peer1' && testIn(record) === 'b')
    .filter(({ members }) => members.get('peer2')?.state === 'delivered')
  for (const [at, { cid, group_pk }] of readable.slice(10, 16).entries())
    net.duplicateMessage(
      'peer2',
      group_pk,
      Buffer.from(cidOfText(cid) ?? '', 'hex'),
      at < 3 ? 'second-id' : 'same-event',
    )
}
