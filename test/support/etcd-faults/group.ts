import { Lifecycle } from '../../../src/shared/lifecycle.js'
import type { ChannelId } from '../../../src/shared/units.js'
import type { Child, Network } from '../../../src/sandbox/index.js'
import { type CutProxy, startCutProxy } from '../cut-proxy.js'
import { RawClient } from '../echo-service.js'
import { type Etcd, startEtcdCluster } from '../etcd.js'
import { startGate } from '../gates.js'
import { openTestNetwork } from '../network.js'
import type { NetHost } from './net-hosts.js'

/** One daemon of a group, with ways of its own to every etcd. */
export interface Replica {
  readonly name: string
  /** HOST:PORT of the daemon of now. */
  readonly endpoint: string
  /** To the daemon of now: one that was killed and started has another client. */
  readonly client: RawClient
  kill(): Promise<void>
  start(): Promise<void>
  pause(): void
  resume(): void
  /** Its ways to etcd. */
  readonly ways: readonly CutProxy[]
}

/** Daemons that share a cluster of etcd, on one network. */
export interface Group extends AsyncDisposable {
  readonly network: Network
  readonly members: readonly Etcd[]
  readonly replicas: readonly Replica[]
  readonly channels: readonly ChannelId[]
  leader(): Promise<Etcd>
  /** Takes a member off its network, from everybody, or back to it; undefined where all live on one host. */
  readonly cutOff: ((member: Etcd, isOff: boolean) => void) | undefined
}

export interface GroupOptions {
  readonly members?: number
  readonly replicas?: number
  readonly channels?: number
  /** Hosts of their own for the members of etcd. */
  readonly hosts?: readonly NetHost[]
  /** Further settings of the daemons. */
  readonly config?: Readonly<Record<string, unknown>>
}

/** Enough for runs of an hour. */
const CHANNEL_VALUE = 100_000_000n

export async function openGroup({
  members = 1,
  replicas = 3,
  channels = 1,
  config = {},
  hosts,
}: GroupOptions = {}): Promise<Group> {
  await using life = new Lifecycle()
  const cluster = await life.own('etcd', startEtcdCluster(members, hosts && { hosts }))
  const waysOf = () =>
    Promise.all(cluster.members.map(({ endpoint }) => life.own('way', startCutProxy(new URL(endpoint).host))))
  const settingsOf = (ways: readonly CutProxy[]) => ({
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: {
      endpoints: ways.map(({ endpoint }) => `http://${endpoint}`),
      request_timeout: '2s',
      connection_timeout: '2s',
    },
    log: { level: 'warn' },
    ...config,
  })
  const ways = await waysOf()
  const network = await life.own('network', openTestNetwork({ config: settingsOf(ways) }))
  const first = createReplica('replica-1', ways, network.daemon, () => network.startDaemon())
  const others = await Promise.all(
    Array.from({ length: replicas - 1 }, async (_, at) => {
      const name = `replica-${at + 2}`
      const ways = await waysOf()
      const start = async (): Promise<Child> => (await startGate(network, name, settingsOf(ways))).child
      return await life.own(name, createReplica(name, ways, await start(), start))
    }),
  )
  const opened: ChannelId[] = []
  for (let n = 0; n < channels; n++) opened.push(await network.openChannel({ value: CHANNEL_VALUE }))
  const owned = life.release()
  return {
    network,
    members: cluster.members,
    replicas: [first, ...others],
    channels: opened,
    leader: () => cluster.leader(),
    cutOff: hosts && ((member, isOff) => hosts[cluster.members.indexOf(member)]?.cutOff(isOff)),
    async [Symbol.asyncDispose]() {
      first.client[Symbol.dispose]()
      await owned[Symbol.asyncDispose]()
    },
  }
}

function createReplica(
  name: string,
  ways: readonly CutProxy[],
  firstChild: Child,
  startAgain: () => Promise<Child>,
): Replica & AsyncDisposable {
  let child = firstChild
  let client = clientOf(child)
  return {
    name,
    ways,
    get endpoint() {
      return endpointOf(child)
    },
    get client() {
      return client
    },
    async kill() {
      child.process.kill('SIGKILL')
      await child.ended
    },
    async start() {
      child = await startAgain()
      client[Symbol.dispose]()
      client = clientOf(child)
    },
    pause: () => void child.process.kill('SIGSTOP'),
    resume: () => void child.process.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await child[Symbol.asyncDispose]()
    },
  }
}

function clientOf(child: Child): RawClient {
  const [host, port] = endpointOf(child).split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

/** Some are waited for by the whole line, others by what it says of the endpoint. */
const endpointOf = ({ ready }: Child): string => /endpoint=(\S+)/.exec(ready)?.[1] ?? ready
