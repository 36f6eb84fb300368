import { toAddress } from '../ethereum/index.js'
import { messageOf, SnetError } from '../shared/errors.js'
import { hostPortText } from '../shared/host-port.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { type Live, live, partOf } from '../shared/live.js'
import type { LogLevel } from '../shared/log-level.js'
import type { Address } from '../shared/units.js'
import { type ConfigurationDeps, createOwnServices, type GateView, type Kept, type PaidView } from './api/index.js'
import { configurationDeps } from './compose-configuration.js'
import { identityOf, pagesOf } from './compose-pages.js'
import { type Models, openModels, withoutModels } from './compose-training.js'
import { openChain, openSigners } from './chain/index.js'
import { openFreeCalls } from './compose-free-calls.js'
import { type DataDir, lazyTokenSecret } from './data-dir/index.js'
import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import {
  connectGrpcUpstream,
  createEcho,
  type Gateway,
  type PaymentTable,
  type PublishedMethods,
  startGateway,
} from './gateway/index.js'
import { GROUP_STATE, type GroupState, openGroupState } from './group-state.js'
import { openMetadata } from './metadata/index.js'
import type { Health, Log } from './observability/index.js'
import { patiently } from './patience.js'
import { createPaymentTable, createUserTable } from './payment-kinds.js'
import {
  type Claims,
  createClaims,
  createFreeCalls,
  createFreeCallUsers,
  createPayments,
  followClaims,
  type FreeCalls,
  type FreeCallUsers,
  type Payments,
  type PaymentsDeps,
  prepaidTable,
  Usages,
} from './payments/index.js'
import { chainConfig, gatewayConfig, metadataConfig, rateOf, storageConfig, upstreamConfig } from './room-configs.js'
import { RunningSettings } from './running-settings.js'
import type { DaemonStatus } from './status.js'
import { openStorage } from './storage/index.js'

export interface GateDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly setLogLevel: (level: LogLevel) => void
  readonly health: Health
  readonly status: DaemonStatus
  readonly dataDir: DataDir
  readonly signal: AbortSignal
}

/** The payment gate, open. */
export interface Gate {
  readonly endpoint: string
  /** Undefined where calls are not paid. */
  readonly freeCallUsers: FreeCallUsers | undefined
  figures(): Promise<GateView>
  /** What is kept of payments; undefined without any. */
  readonly kept: Kept | undefined
  /** Error: `drain-timed-out` when calls were cut. */
  drain(): Promise<void>
}

/** The parts behind the gate, for paid or unpaid calls. */
interface Backing {
  readonly payments: Payments | undefined
  /** Who may call and how it is paid for; undefined where everybody may, for nothing. */
  readonly kinds: PaymentTable | undefined
  readonly claims: Claims | undefined
  /** Undefined where calls are not paid. */
  readonly freeCalls: FreeCalls | undefined
  readonly freeCallUsers: FreeCallUsers | undefined
  readonly encoding: 'proto' | 'json'
  /** Id of the payment group in base64; empty without payment. */
  readonly group: string
  /** What operators' signatures are judged by; undefined without a chain. */
  readonly blocks: ConfigurationDeps['blocks']
  readonly groupState: GroupState
  readonly methods: Live<PublishedMethods>
  readonly protoServices: Live<readonly string[]>
  readonly models: Models
  readonly kept: Kept | undefined
  /** What the start tells of it. */
  readonly told: { readonly group?: string; readonly price_model: string; readonly store: string }
  figures(): Promise<PaidView | undefined>
}

/** Everything behind the port that paying clients connect to, then that port. Start-up trouble names the part. */
export async function openGate(loaded: LoadedConfig, deps: GateDeps): Promise<Gate> {
  const { config } = loaded
  const { life, log, health } = deps
  const backing = config.blockchain_enabled ? await openPaid(loaded, deps) : await openUnpaid(config, log)
  const { payments, claims, freeCalls, kinds, methods, models, encoding, groupState } = backing
  const rate = live(rateOf(config))
  const running = gatewayConfig(loaded, rate)
  const settings = new RunningSettings(loaded, {
    log,
    onChange: (next) => {
      rate.replace(rateOf(next.config))
      deps.setLogLevel(next.config.log.level)
    },
  })
  const services = partOf(backing.protoServices, (names) => [...new Set([config.service_id, ...names])])
  const configuration = configurationDeps(config, { id: identityOf(config, backing), settings, ...backing })
  const own = createOwnServices({
    ...{ payments, claims, freeCalls, health, services, configuration },
    training: models.methods,
  })
  if (!config.passthrough_enabled) log.warn('passthrough_enabled is false: calls are answered with their own request')
  const upstream = await life.own(
    'service connection',
    config.passthrough_enabled ? connectGrpcUpstream(upstreamConfig(config, encoding), { log }) : createEcho(running),
  )
  health.watch('service', () => upstream.health())
  tellStart(loaded, backing, deps)
  const only = allowedUsers(config)
  if (only) log.warn('allowed_user_flag is true: everybody but these users is refused', { users: only.join(' ') })
  await warnOfService(config, deps)
  const gateway = await life.own(
    'gateway',
    startGateway(running, {
      payments: kinds,
      own,
      ownPayments: models.payments,
      upstream,
      methods,
      pause: groupState,
      health,
      pages: pagesOf(config, backing, health),
      log,
    }),
  )
  const endpoint = hostPortText(gateway.address)
  return {
    endpoint,
    freeCallUsers: backing.freeCallUsers,
    kept: backing.kept,
    figures: async () => ({
      endpoint,
      tls: loaded.tls !== undefined,
      allowedUsers: allowedUsers(config)?.length,
      isPaused: groupState.isPaused,
      callsInFlight: gateway.callsInFlight,
      paid: await backing.figures(),
    }),
    drain: () => drain(gateway, config.drain_timeout, log),
  }
}

/** The one line from which to see whether this is the gate that was meant. */
function tellStart({ config, file, tls }: LoadedConfig, { told }: Backing, { log, dataDir }: GateDeps): void {
  log.info('the gate as it is set up', {
    config: file ?? 'none',
    organization: config.organization_id,
    service: config.service_id,
    network: config.blockchain_network_selected,
    ...told,
    tls: tls !== undefined,
    data_dir: dataDir.path,
  })
}

async function warnOfService({ service_endpoint }: DaemonConfig, { health, log }: GateDeps): Promise<void> {
  const found = (await health.check()).parts.find(({ part, ok }) => part === 'service' && !ok)
  if (!found) return
  const { reason } = found
  log.warn('the service cannot be reached: calls fail until it can', { endpoint: service_endpoint.host, reason })
}

/** Chain, metadata, store and the rules of money. */
async function openPaid({ config }: LoadedConfig, deps: GateDeps): Promise<Backing> {
  const { life, log, health, status, dataDir, signal } = deps
  const onWait = (what: string): void => status.waitFor(what)
  const whenThere = patiently({ limitMs: config.startup_timeout, signal, log, onWait })
  const signers = openSigners({ log })
  const openedChain = whenThere('the Ethereum node', () => openChain(chainConfig(config), { log, signal }))
  const chain = await life.own('chain', openedChain)
  const metadata = await whenThere('the metadata of the service', () =>
    openMetadata(metadataConfig(config), { log, registry: chain.registry, toAddress, signal }),
  )
  const service = metadata.current
  const { mpe } = service.terms
  const storage = await life.own('storage', openStorage(storageConfig(config, { dataDir, service }), { log }))
  const allowed = allowedUsers(config)
  const escrow = chain.watchEscrow(mpe)
  const money: PaymentsDeps = {
    channels: storage.channels,
    escrow,
    blocks: chain.blocks,
    signers,
    prices: partOf(metadata, ({ prices }) => prices),
    terms: partOf(metadata, ({ terms }) => terms),
    ...(allowed && { mayPay: (signer) => allowed.includes(signer) }),
    usages: new Usages(storage.table(prepaidTable), storage.processes),
    tokens: {
      organization: service.organization,
      group: service.group.idText,
      lifetimeMs: config.token_expiry_in_minutes * 60_000,
      secret: lazyTokenSecret(dataDir.path, config.token_secret_key, { log }),
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
  const models = config.model_training_enabled
    ? await openModels(config, { life, log, storage, metadata, money, payments })
    : withoutModels()
  health.watch('chain', () => chain.health())
  health.watch('store', () => storage.health())
  return {
    payments,
    kept: storage.channels,
    claims: createClaims({ ...money, store: storage.channels }),
    kinds: createPaymentTable({ money, free }, payments),
    freeCalls: createFreeCalls(free),
    freeCallUsers: createFreeCallUsers({ ...free, toAddress }),
    blocks: chain.blocks,
    groupState: await openGroupState(storage.table(GROUP_STATE), log),
    encoding: service.encoding,
    group: service.group.idText,
    methods: partOf(metadata, (current) => current.methods),
    protoServices: partOf(metadata, (current) => current.protoServices),
    models,
    told: { group: service.group.name, price_model: service.priceModel, store: storage.backend },
    figures: async () => ({
      organization: service.organization,
      service: service.service,
      group: service.group.name,
      network: config.blockchain_network_selected,
      mpe,
      storage: storage.backend,
      channels: await storage.count(),
      block: chain.health().block,
      paymentsInFlight: payments.inFlight.payments,
      cogsInFlight: payments.inFlight.cogs,
      paymentsKept: payments.kept.payments,
      cogsKept: payments.kept.cogs,
    }),
  }
}

/** Undefined when everybody may call. */
const allowedUsers = (config: DaemonConfig): readonly Address[] | undefined =>
  config.allowed_user_flag ? (config.allowed_user_addresses ?? []).map(toAddress) : undefined

/** No chain, metadata or store: every call is forwarded, whoever makes it, unless only certain users may. */
async function openUnpaid(config: DaemonConfig, log: Log): Promise<Backing> {
  const allowed = allowedUsers(config)
  const whom = allowed ? 'everybody in allowed_user_addresses' : 'everybody who can connect'
  log.warn(`blockchain_enabled is false: calls are NOT PAID, and ${whom} is served for nothing`)
  const signers = openSigners({ log })
  return {
    payments: undefined,
    freeCalls: undefined,
    freeCallUsers: undefined,
    kinds:
      allowed &&
      createUserTable({ allowed, signerOf: (proof) => signers.ofPayment(toAddress(proof.mpe), proof)?.signer }),
    kept: undefined,
    claims: undefined,
    blocks: undefined,
    groupState: await openGroupState(undefined, log),
    encoding: 'proto',
    group: '',
    // No metadata names any, and nothing has to be kept before an answer goes out.
    methods: live({ find: () => ({ asksOnce: false, answersOnce: false }) }),
    protoServices: live([]),
    models: withoutModels(),
    told: { price_model: 'none', store: 'none' },
    figures: async () => undefined,
  }
}

async function drain(gateway: Pick<Gateway, 'drain'>, timeoutMs: number, log: Log): Promise<void> {
  log.info('stopping: calls in flight may finish', { limit_ms: timeoutMs })
  const cut = await gateway.drain(timeoutMs)
  if (cut === 0) return
  throw new SnetError('drain-timed-out', `${cut} calls were cut off when drain_timeout was over`, {
    hint: 'Their payments were not kept, so these clients can use the same signed amounts again.',
  })
}
