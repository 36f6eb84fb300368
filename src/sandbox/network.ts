import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { JsonRpcProvider, Network as Chain, Wallet } from 'ethers'
import { addressOfKey } from '../ethereum/index.js'
import { Lifecycle } from '../shared/lifecycle.js'
import { packageRoot } from '../shared/package.js'
import { type Address, type ChannelId, cogs, type GroupId, groupIdFromBase64 } from '../shared/units.js'
import { type NetworkAddress, openChannel, openSender, readChannel } from '../wallet/index.js'
import { LOCAL_CHAIN_ID, startAnvil } from './anvil.js'
import { type Calculator, startCalculator } from './calculator.js'
import { type Child, startChild } from './child.js'
import { openDirectory } from './directory.js'
import { type Contracts, deployContracts, giveEther, mint, register } from './contracts.js'
import { type MetadataServer, startMetadataServer } from './metadata-server.js'
import { publishService } from './publish.js'
import { writePythonSettings } from './python-clients.js'

export interface NetworkOptions {
  /** Where files go; a new directory that is removed at the end when not given. */
  readonly directory?: string | undefined
  /** Keys of the daemon's config file beside those that the sandbox sets. */
  readonly config?: Readonly<Record<string, unknown>>
  /** PATH, to look for programs in. */
  readonly searchPath: string
}

export const NAMES = { organization: 'ExampleOrg', service: 'ExampleSvc', group: 'default_group' }
const EXPIRATION_THRESHOLD = 100
const TOKENS = 10n ** 12n
const PRICE_IN_COGS = 10
const FREE_CALLS = 2
const CHANNEL_VALUE = 10_000n
const CHANNEL_BLOCKS = 1_000_000

/** A key made for this network, and its address. */
interface Account {
  readonly key: string
  readonly address: Address
}

/** The whole network on this host. */
export interface Network extends AsyncDisposable {
  readonly directory: string
  readonly rpc: string
  readonly chainId: number
  readonly names: typeof NAMES
  readonly provider: JsonRpcProvider
  readonly contracts: Contracts
  readonly client: Account
  readonly owner: Account
  /** Signs the daemon's free-call tokens. */
  readonly freeCalls: Account
  readonly group: { readonly name: string; readonly idText: string }
  readonly metadata: MetadataServer
  readonly calculator: Calculator
  /** HOST:PORT that was published for the daemon. */
  readonly endpoint: string
  readonly configFile: string
  readonly dataDir: string
  readonly keyFile: string
  /** A folder with settings for clients in Python. */
  readonly pythonDir: string
  /** The client's first channel. */
  readonly channel: ChannelId
  readonly priceInCogs: number
  /** Where the paying client finds everything. */
  readonly address: NetworkAddress
  /** The daemon of now; `startDaemon` puts another one in its place. */
  daemon: Child
  /** Starts the daemon again on the same port and data, after a kill or a stop. */
  startDaemon(): Promise<Child>
  /** Funds of that channel on chain, in cogs. */
  readChannelValue(): Promise<bigint>
  /** Opens another channel of the client, by default to this network's group with plenty of everything. */
  openChannel(changes?: Partial<ChannelTerms>): Promise<ChannelId>
}

export interface ChannelTerms {
  readonly recipient: Address
  readonly groupId: GroupId
  readonly value: bigint
  /** Block. */
  readonly expiration: bigint
}

type Draft = { -readonly [K in keyof Network]?: Network[K] } & {
  readonly life: Lifecycle
  readonly options: NetworkOptions
}

/** One step of setting up the network; what it returns is shown beside its title. */
export interface Stage {
  readonly title: string
  readonly run: (draft: Draft) => Promise<string>
}

/** All stages in order; a stage finds in the draft what the ones before it made. */
export const stages: readonly Stage[] = [
  { title: 'Start a local chain', run: startChain },
  { title: 'Deploy token, Registry and escrow', run: deployAll },
  { title: 'Start the example service', run: startService },
  { title: 'Publish and register organisation and service', run: publishAll },
  { title: 'Start the payment gate', run: startGate },
  { title: 'Open a funded payment channel', run: fundChannel },
]

export function newDraft(options: NetworkOptions): Draft {
  return { life: new Lifecycle(), options }
}

/** The finished network of a draft that went through all stages. */
export function finish(draft: Draft): Network {
  return Object.assign(draft, { [Symbol.asyncDispose]: () => draft.life[Symbol.asyncDispose]() }) as unknown as Network
}

/** Sets up everything, one stage after the other. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const draft = newDraft(options)
  try {
    for (const stage of stages) await stage.run(draft)
    return finish(draft)
  } catch (fault) {
    await draft.life[Symbol.asyncDispose]()
    throw fault
  }
}

async function startChain(draft: Draft): Promise<string> {
  const { life, options } = draft
  draft.directory = (await life.own('directory', openDirectory(options.directory, 'snetd-sandbox-'))).path
  const anvil = await life.own('chain', startAnvil(options.searchPath))
  draft.rpc = anvil.rpc
  draft.chainId = LOCAL_CHAIN_ID
  draft.names = NAMES
  const provider = new JsonRpcProvider(anvil.rpc, undefined, {
    staticNetwork: Chain.from(LOCAL_CHAIN_ID),
    cacheTimeout: -1,
    pollingInterval: 50,
  })
  draft.provider = (await life.own('chain connection', closing(provider))).provider
  draft.client = newAccount()
  draft.owner = newAccount()
  draft.freeCalls = newAccount()
  for (const { address } of [draft.client, draft.owner]) await giveEther(provider, address)
  return anvil.rpc
}

const closing = (provider: JsonRpcProvider) => ({ provider, [Symbol.asyncDispose]: async () => provider.destroy() })

function newAccount(): Account {
  const bytes = randomBytes(32)
  return { key: `0x${bytes.toString('hex')}`, address: addressOfKey(bytes) }
}

async function deployAll(draft: Draft): Promise<string> {
  const { provider, owner, client } = draft as Network
  const deployer = new Wallet(owner.key, provider)
  draft.contracts = await deployContracts(deployer)
  await mint(deployer, draft.contracts.token, client.address, TOKENS)
  return `escrow ${draft.contracts.mpe}`
}

async function startService(draft: Draft): Promise<string> {
  draft.calculator = await draft.life.own('service', startCalculator())
  return `127.0.0.1:${draft.calculator.port}`
}

async function publishAll(draft: Draft): Promise<string> {
  const { provider, owner, contracts, freeCalls } = draft as Network
  draft.metadata = await draft.life.own('metadata', startMetadataServer())
  draft.group = { name: NAMES.group, idText: randomBytes(32).toString('base64') }
  draft.endpoint = `127.0.0.1:${await freePort()}`
  draft.priceInCogs = PRICE_IN_COGS
  const uris = await publishService(draft.metadata, {
    ...NAMES,
    group: draft.group,
    recipient: owner.address,
    freeCalls: { each: FREE_CALLS, signer: freeCalls.address },
    mpe: contracts.mpe,
    endpoint: draft.endpoint,
    priceInCogs: draft.priceInCogs,
    expirationThreshold: EXPIRATION_THRESHOLD,
  })
  await register(new Wallet(owner.key, provider), contracts.registry, NAMES, uris)
  const { url } = draft.metadata
  draft.address = { rpc: (draft as Network).rpc, registry: contracts.registry, ipfs: url, lighthouse: url }
  return `${NAMES.organization} / ${NAMES.service}`
}

/** The published endpoint has to be known before the daemon listens on it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function startGate(draft: Draft): Promise<string> {
  await writeFiles(draft as Network & Draft)
  draft.startDaemon = async () => {
    draft.daemon = await startChild({
      command: process.execPath,
      args: [join(packageRoot, 'bin', 'run.js'), 'serve', '--config', draft.configFile as string],
      ready: /^ready endpoint=(\S+)/,
    })
    return draft.daemon
  }
  await draft.startDaemon()
  // Whichever daemon runs at the end is the one to stop.
  await draft.life.own('daemon', { [Symbol.asyncDispose]: async () => await draft.daemon?.[Symbol.asyncDispose]() })
  return draft.endpoint as string
}

/** What the daemon, and whoever tries the network by hand, reads. Every file holds a key. */
async function writeFiles(draft: { -readonly [K in keyof Network]: Network[K] } & Draft): Promise<void> {
  const { directory, client, owner, rpc, contracts, metadata } = draft
  draft.dataDir = join(directory, 'snetd-data')
  draft.configFile = join(directory, 'snetd.config.json')
  draft.keyFile = join(directory, 'client.key')
  draft.pythonDir = join(directory, 'python')
  const forUsOnly = { mode: 0o600 }
  await writeFile(draft.configFile, `${JSON.stringify(daemonConfig(draft), null, 2)}\n`, forUsOnly)
  await writeFile(draft.keyFile, `${client.key}\n`, forUsOnly)
  await writeFile(join(directory, 'provider.key'), `${owner.key}\n`, forUsOnly)
  await writePythonSettings(draft.pythonDir, {
    ...{ rpc, contracts, ipfs: metadata.url },
    ...{ clientKey: client.key, providerKey: owner.key },
  })
}

const daemonConfig = (draft: Network & Draft): Record<string, unknown> => ({
  blockchain_network_selected: 'local',
  ethereum_json_rpc_http_endpoint: draft.rpc,
  registry_address_key: draft.contracts.registry,
  ipfs_endpoint: draft.metadata.url,
  organization_id: NAMES.organization,
  service_id: NAMES.service,
  daemon_group_name: NAMES.group,
  daemon_endpoint: draft.endpoint,
  service_endpoint: `http://127.0.0.1:${draft.calculator.port}`,
  payment_channel_storage_type: 'embedded',
  data_dir: draft.dataDir,
  private_key_for_free_calls: draft.freeCalls.key.slice(2),
  chain_poll_interval: '1s',
  metrics_endpoint: '127.0.0.1:0',
  ...draft.options.config,
})

async function fundChannel(draft: Draft): Promise<string> {
  const { provider, client, contracts, owner, group, rpc, directory, life } = draft as Network & Draft
  const sender = await openSender({
    rpc,
    account: { variable: 'key of the client', value: client.key },
    journalDir: join(directory, 'transactions'),
    patience: { pollMs: 20 },
  })
  await life.own('sender', { [Symbol.asyncDispose]: async () => sender[Symbol.dispose]() })
  const open = async (changes: Partial<ChannelTerms> = {}): Promise<ChannelId> => {
    const { id } = await openChannel(sender, {
      escrow: contracts.mpe,
      signer: client.address,
      recipient: owner.address,
      groupId: groupIdFromBase64(group.idText),
      expiration: BigInt((await provider.getBlockNumber()) + CHANNEL_BLOCKS),
      ...changes,
      value: cogs(changes.value ?? CHANNEL_VALUE),
    })
    return id
  }
  const channel = await open()
  draft.openChannel = open
  draft.channel = channel
  draft.readChannelValue = async () => (await readChannel(provider, contracts.mpe, channel))?.value ?? 0n
  return `channel ${channel} with ${CHANNEL_VALUE} cogs`
}
