import { join } from 'node:path'
import { openKeptContent } from '../content/index.js'
import { toAddress } from '../ethereum/index.js'
import { messageOf } from '../shared/errors.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { type Live, live, partOf } from '../shared/live.js'
import type { OpenTokens } from '../shared/tokens.js'
import type { Address } from '../shared/units.js'
import type { KeptStore } from '../shared/wire/index.js'
import type { ConfigurationDeps, Kept, PaidView } from './api/index.js'
import type { ExpiringMoney } from './alerts/index.js'
import { type Chain, openChain, openRecoveryThreads, openSigners } from './chain/index.js'
import { openFreeCalls } from './compose-free-calls.js'
import { identityOf } from './compose-pages.js'
import { openMetering, type Reports } from './compose-reports.js'
import { type Models, openModels, withoutModels } from './compose-training.js'
import { type DataDir, lazyTokenSecret } from './data-dir/index.js'
import { startEtcdServer } from './etcd-server/index.js'
import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import type { CallMeter, PaymentTable, PublishedMethods, TranslatedMethods } from './gateway/index.js'
import { type GroupState, openGroupState } from './group-state.js'
import { followMetadata, openMetadata, type ServiceContext } from './metadata/index.js'
import type { RunningSettings } from './running-settings.js'
import { shareSecret } from './shared-secret.js'
import { openTokensOf } from './compose-rates.js'
import { type SharedSettings, sharedSettings } from './shared-settings.js'
import { measureChain, measureMoney } from './money-figures.js'
import type { Health, Log, Metrics } from './observability/index.js'
import { patiently } from './patience.js'
import { countPayments } from './payment-figures.js'
import { createPaymentTable, createUserTable } from './payment-kinds.js'
import {
  type Claims,
  createClaims,
  createFreeCalls,
  createFreeCallUsers,
  createOutstanding,
  createPayments,
  followClaims,
  type FreeCalls,
  type FreeCallUsers,
  listExpiring,
  type Payments,
  type PaymentsDeps,
  Usages,
} from './payments/index.js'
import {
  chainConfig,
  etcdServerConfig,
  etcdUrl,
  findsEtcdByMetadata,
  metadataConfig,
  recoveryThreads,
  storageConfig,
} from './room-configs.js'
import type { DaemonStatus } from './status.js'
import { openStorage } from './storage/index.js'
import { createStoreMoves } from './store-moves.js'
import { tablesOf } from './stored-tables.js'

export interface BackingDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly metrics: Metrics
  readonly health: Health
  readonly status: DaemonStatus
  readonly dataDir: DataDir
  readonly signal: AbortSignal
  readonly env: LoadedConfig['env']
  readonly settings: RunningSettings
  readonly reports: Reports
}

/** What stands behind a gate whose calls are paid. */
interface Money {
  readonly payments: Payments
  readonly claims: Claims
  readonly freeCalls: FreeCalls
  readonly freeCallUsers: FreeCallUsers
  readonly kept: Kept
  /** The store as a whole. */
  readonly store: KeptStore
  /** What is lost if it is not claimed within so many blocks. */
  expiring(blocks: number): Promise<ExpiringMoney>
  figures(): Promise<PaidView>
}

/** The parts behind the gate, for paid or unpaid calls. */
export interface Backing {
  /** Undefined where calls are not paid. */
  readonly money: Money | undefined
  /** Who may call and how it is paid for; undefined where everybody may, for nothing. */
  readonly kinds: PaymentTable | undefined
  readonly serviceType: ServiceContext['serviceType']
  readonly encoding: 'proto' | 'json'
  /** Id of the payment group in base64; empty without payment. */
  readonly group: string
  /** What operators' signatures are judged by; undefined without a chain. */
  readonly blocks: ConfigurationDeps['blocks']
  /** That was seen, however long ago; 0 without a chain. */
  readonly newestBlock: () => bigint
  /** Who accounts for calls; undefined where nobody does. */
  readonly meter: CallMeter | undefined
  readonly groupState: GroupState
  /** Undefined where no other daemon shares the store. */
  readonly sharedSettings: SharedSettings | undefined
  /** Where tokens are taken that replicas share; undefined where each has its own. */
  readonly openTokens: OpenTokens | undefined
  readonly methods: Live<PublishedMethods>
  /** What translators need of the methods. */
  readonly translated: Live<TranslatedMethods>
  readonly protoServices: Live<readonly string[]>
  readonly files: Live<ServiceContext['files']>
  readonly models: Models
  /** What the start tells of it. */
  readonly told: { readonly group?: string; readonly price_model: string; readonly store: string }
}

export const openBacking = (config: DaemonConfig, deps: BackingDeps): Promise<Backing> =>
  config.blockchain_enabled ? openPaid(config, deps) : openUnpaid(deps)

/** Undefined when everybody may call. */
export const allowedUsers = (settings: RunningSettings): Live<readonly Address[]> | undefined =>
  settings.loaded.config.allowed_user_flag
    ? settings.part(({ allowed_user_addresses: addresses = [] }) => addresses.map(toAddress))
    : undefined

/** The etcd that this daemon starts: before the chain, because the other members may need it. */
async function openEtcdServer(config: DaemonConfig, deps: BackingDeps) {
  const { life, log, health, status, dataDir, signal, env } = deps
  const wanted = etcdServerConfig(config, dataDir)
  if (!wanted) return
  status.waitFor('etcd')
  const server = await life.own('etcd', startEtcdServer(wanted, { log, signal, env }))
  status.waitFor('')
  health.watch('etcd', () => server.health())
}

/** Chain, metadata, store and the rules of money. */
async function openPaid(config: DaemonConfig, deps: BackingDeps): Promise<Backing> {
  const { life, log, metrics, health, status, dataDir, signal, settings } = deps
  await openEtcdServer(config, deps)
  const whenThere = patiently({ limitMs: config.startup_timeout, signal, log, onWait: (what) => status.waitFor(what) })
  const threads = await life.own('recovery threads', openRecoveryThreads(recoveryThreads(config), { log, metrics }))
  const signers = openSigners({ log, threads })
  const openedChain = whenThere('the Ethereum node', () => openChain(chainConfig(config), { log, signal }))
  const chain = await life.own('chain', openedChain)
  const kept = openKeptContent(join(dataDir.path, 'metadata'))
  const metadataDeps = { log, registry: chain.registry, toAddress, kept }
  const metadata = await whenThere('the metadata of the service', () =>
    openMetadata(metadataConfig(config), { ...metadataDeps, signal }),
  )
  const service = metadata.current
  const { mpe } = service.terms
  const storeConfig = storageConfig(config, { dataDir, service })
  const openedStorage = whenThere('the payment store', () => openStorage(storeConfig, { log }))
  const storage = await life.own('storage', openedStorage)
  const tables = tablesOf(storeConfig.identity)
  const allowed = allowedUsers(settings)
  const escrow = chain.watchEscrow(mpe)
  const newestBlock = () => chain.health().block ?? 0n
  const daemon = identityOf(config, { group: service.group.idText })
  const metering = await openMetering(config, { ...deps, daemon, newestBlock })
  const money: PaymentsDeps = {
    ...(metering && { onKept: (channel) => metering.channelPaid(channel) }),
    channels: storage.channels,
    escrow,
    blocks: chain.blocks,
    signers,
    prices: partOf(metadata, ({ prices }) => prices),
    terms: partOf(metadata, ({ terms }) => terms),
    ...(allowed && { mayPay: (signer) => allowed.current.includes(signer) }),
    usages: new Usages(storage.table(tables.prepaid), storage.processes),
    tokens: {
      organization: service.organization,
      group: service.group.idText,
      lifetimeMs: config.token_expiry_in_minutes * 60_000,
      secret: lazyTokenSecret(dataDir.path, config.token_secret_key, { log, share: shareSecret(storage) }),
      now: Date.now,
    },
  }
  const free = openFreeCalls(config, { chain, metadata, storage, mayPay: money.mayPay, log })
  const payments = createPayments(money)
  const following = followClaims({
    ...money,
    store: storage.channels,
    history: escrow,
    confirmations: BigInt(config.claim_confirmations),
    onFault: (fault) => log.warn('claims could not be compared with the chain', { reason: messageOf(fault) }),
  })
  await life.own('claims', following)
  const counts = { payments, figures: countPayments(metrics) }
  const models = config.model_training_enabled
    ? await openModels(config, { life, log, storage, metadata, money, counts })
    : withoutModels()
  const useEndpoints = findsEtcdByMetadata(config)
    ? async (endpoints: readonly string[]) => await storage.useEndpoints?.(endpoints.map(etcdUrl))
    : undefined
  const follower = config.payment_channel_storage_client?.hot_reload
    ? await life.own('metadata', followMetadata(metadataConfig(config), metadata, { ...metadataDeps, useEndpoints }))
    : undefined
  if (follower) chain.watchRegistry(service.organization, () => follower.look())
  health.watch('chain', () => chain.health())
  health.watch('store', () => storage.health())
  const outstanding = createOutstanding({ ...money, store: storage.channels })
  measureMoney(metrics, { payments, outstanding, channels: () => storage.count() })
  measureChain(metrics, chain)
  const figures = async (): Promise<PaidView> => ({
    organization: service.organization,
    service: service.service,
    group: service.group.name,
    network: config.blockchain_network_selected,
    mpe,
    storage: storage.backend,
    channels: await storage.count(),
    ...chainFigures(chain),
    outstanding: await outstanding().catch(() => undefined),
    paymentsInFlight: payments.inFlight.payments,
    cogsInFlight: payments.inFlight.cogs,
    paymentsKept: payments.kept.payments,
    cogsKept: payments.kept.cogs,
    unusedMetadata: follower?.unused,
  })
  return {
    money: {
      payments,
      claims: createClaims({ ...money, store: storage.channels }),
      freeCalls: createFreeCalls(free),
      freeCallUsers: createFreeCallUsers({ ...free, toAddress }),
      kept: storage.channels,
      store: createStoreMoves({ storage, identity: storeConfig.identity, signers }),
      async expiring(blocks) {
        const near = await listExpiring({ ...money, store: storage.channels }, blocks)
        return {
          channels: near.map(({ channel }) => String(channel)),
          cogs: near.reduce((sum, { amount }) => sum + amount, 0n),
        }
      },
      figures,
    },
    kinds: createPaymentTable({ money, free }, counts),
    serviceType: service.serviceType,
    encoding: service.encoding,
    group: service.group.idText,
    blocks: chain.blocks,
    newestBlock,
    meter: metering,
    groupState: await openGroupState(storage.table(tables.groupState), log),
    sharedSettings:
      storage.backend === 'etcd' ? sharedSettings(storage.table(tables.settings), service.service) : undefined,
    openTokens: await openTokensOf(config, {
      ...{ life, storage, service: service.service },
      table: storage.table(tables.rates),
    }),
    methods: partOf(metadata, (current) => current.methods),
    translated: partOf(metadata, (current) => current.translated),
    protoServices: partOf(metadata, (current) => current.protoServices),
    files: partOf(metadata, (current) => current.files),
    models,
    told: { group: service.group.name, price_model: service.priceModel, store: storage.backend },
  }
}

function chainFigures(chain: Pick<Chain, 'health' | 'nodes'>) {
  const { block, ageMs, subscribed } = chain.health()
  return {
    ...{ block, chainAgeMs: ageMs, chainSubscribed: subscribed },
    chainNodes: chain.nodes.map(({ node, isUsed, fault }) => ({ node, isUsed, fault: fault ?? '' })),
  }
}

/** No chain, metadata or store: every call is forwarded, whoever makes it, unless only certain users may. */
async function openUnpaid({ log, settings }: BackingDeps): Promise<Backing> {
  const allowed = allowedUsers(settings)
  const whom = allowed ? 'everybody in allowed_user_addresses' : 'everybody who can connect'
  log.warn(`blockchain_enabled is false: calls are NOT PAID, and ${whom} is served for nothing`)
  const signers = openSigners({ log })
  return {
    money: undefined,
    kinds:
      allowed &&
      createUserTable({ allowed, signerOf: (proof) => signers.ofPayment(toAddress(proof.mpe), proof)?.signer }),
    serviceType: 'grpc',
    encoding: 'proto',
    group: '',
    blocks: undefined,
    newestBlock: () => 0n,
    meter: undefined,
    groupState: await openGroupState(undefined, log),
    sharedSettings: undefined,
    openTokens: undefined,
    // No metadata names any, and nothing has to be kept before an answer goes out.
    methods: live({ find: () => ({ asksOnce: false, answersOnce: false, isAssumed: true }) }),
    translated: live({ find: () => undefined, paths: [] }),
    protoServices: live([]),
    files: live([]),
    models: withoutModels(),
    told: { price_model: 'none', store: 'none' },
  }
}
