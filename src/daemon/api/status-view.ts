import type { StatusMessage } from '../../shared/wire/index.js'
import type { Outstanding } from '../payments/index.js'

/** What the daemon tells of itself to the command line of its host. */
export interface StatusView {
  readonly phase: 'starting' | 'serving' | 'stopping'
  readonly healthy: boolean
  readonly parts: readonly { readonly part: string; readonly ok: boolean; readonly reason?: string }[]
  readonly pid: number
  readonly version: string
  readonly uptimeSeconds: number
  /** What the start cannot go on without; empty otherwise. */
  readonly waitingFor: string
  /** HOST:PORT of the figures; undefined where none are served. */
  readonly metrics?: string | undefined
  /** Settings that wait for a restart, and what is wrong with them as they are now. */
  readonly pending?: { readonly keys: readonly string[]; readonly problems: readonly string[] }
  readonly gate?: GateView
  readonly infra?: InfraView
}

export interface GateView {
  /** HOST:PORT that clients connect to. */
  readonly endpoint: string
  readonly tls: boolean
  /** What clients are shown; undefined without TLS, or while there is none. */
  readonly certificate: { readonly names: readonly string[]; readonly notAfter: Date } | undefined
  /** How many users alone may call; undefined when everybody may. */
  readonly allowedUsers?: number | undefined
  /** Whether an operator has paused the calls of the service. */
  readonly isPaused: boolean
  readonly callsInFlight: number
  /** Undefined where calls are forwarded without payment: nothing of chain, metadata and store is known then. */
  readonly paid: PaidView | undefined
  /** What is told others over HTTP, and what became of it since the start; only what is set up. */
  readonly reports?: readonly QueueView[]
}

export interface QueueView {
  readonly name: string
  readonly waiting: number
  readonly posted: number
  readonly failed: number
  readonly dropped: number
  /** Why nobody is told now; undefined while somebody is. */
  readonly trouble: string | undefined
}

export interface PaidView {
  readonly organization: string
  readonly service: string
  readonly group: string
  readonly network: string
  readonly mpe: string
  readonly storage: string
  /** Channels of which the store holds something. */
  readonly channels: number
  readonly block: bigint | undefined
  /** Since the chain was last seen to end at the block. */
  readonly chainAgeMs?: number | undefined
  /** Undefined where no subscription is configured. */
  readonly chainSubscribed?: boolean | undefined
  /** In the order of the settings. */
  readonly chainNodes?: readonly { readonly node: string; readonly isUsed: boolean; readonly fault: string }[]
  /** Undefined while it cannot be told. */
  readonly outstanding?: Outstanding | undefined
  readonly paymentsInFlight: number
  readonly cogsInFlight: bigint
  /** Since the start. */
  readonly paymentsKept: number
  readonly cogsKept: bigint
  /** Why metadata that is registered now is not used; undefined while it is, or where it is not followed. */
  readonly unusedMetadata?: string | undefined
}

/** The control daemon beside a Berty. */
export interface InfraView {
  /** HOST:PORT that controllers connect to. */
  readonly endpoint: string
  readonly tls: boolean
  /** Whether a token, and a certificate of the client, is wanted. */
  readonly token: boolean
  readonly clientCertificate: boolean
  /** HOST:PORT of the Berty. */
  readonly berty: string
  readonly bertyState: string
  readonly groups: number
  readonly tests: number
  readonly testsRunning: number
}

const PHASES = { starting: 'STARTING', serving: 'SERVING', stopping: 'STOPPING' } as const

/** The view as it goes over the control socket. */
export const toStatus = ({ phase, parts, gate, infra, ...view }: StatusView): StatusMessage => ({
  phase: PHASES[phase],
  healthy: view.healthy,
  // A room may know more of its health, in types that a message has not.
  parts: parts.map(({ part, ok, reason }) => ({ name: part, ok, ...(reason !== undefined && { reason }) })),
  pid: view.pid,
  version: view.version,
  uptime_seconds: view.uptimeSeconds,
  waiting_for: view.waitingFor,
  ...(view.metrics !== undefined && { metrics: view.metrics }),
  ...(view.pending && { restart_for: [...view.pending.keys], settings_problems: [...view.pending.problems] }),
  ...(gate && { gate: toGate(gate) }),
  ...(infra && { infra: toInfra(infra) }),
})

const toGate = ({ endpoint, tls, certificate, allowedUsers, ...gate }: GateView): StatusMessage['gate'] => ({
  endpoint,
  tls,
  ...(certificate && {
    certificate_names: [...certificate.names],
    certificate_not_after: certificate.notAfter.toISOString(),
  }),
  ...(allowedUsers !== undefined && { allowed_users: allowedUsers }),
  ...(gate.isPaused && { paused: true }),
  calls_in_flight: gate.callsInFlight,
  ...(gate.reports && { reports: gate.reports.map(toQueue) }),
  ...(gate.paid ? toPaid(gate.paid) : { unpaid: true }),
})

const toQueue = ({ name, waiting, posted, failed, dropped, trouble }: QueueView) => ({
  ...{ name, waiting, posted: String(posted), failed: String(failed), dropped: String(dropped) },
  ...(trouble !== undefined && { trouble }),
})

const toPaid = (paid: PaidView): StatusMessage['gate'] => ({
  organization: paid.organization,
  service: paid.service,
  group: paid.group,
  network: paid.network,
  mpe: paid.mpe,
  storage: paid.storage,
  channels: String(paid.channels),
  ...(paid.block !== undefined && { block: String(paid.block) }),
  payments_in_flight: paid.paymentsInFlight,
  cogs_in_flight: String(paid.cogsInFlight),
  payments_kept: String(paid.paymentsKept),
  cogs_kept: String(paid.cogsKept),
  ...(paid.chainAgeMs !== undefined && { chain_age_seconds: paid.chainAgeMs / 1000 }),
  ...(paid.chainSubscribed !== undefined && { chain_subscribed: paid.chainSubscribed }),
  ethereum_nodes: (paid.chainNodes ?? []).map(({ node, isUsed, fault }) => ({ node, used: isUsed, fault })),
  ...(paid.outstanding && toOutstanding(paid.outstanding)),
  ...(paid.unusedMetadata !== undefined && { unused_metadata: paid.unusedMetadata }),
})

const toOutstanding = ({ signed, inClaims, expiring }: Outstanding) => ({
  cogs_signed: String(signed),
  cogs_in_claims: String(inClaims),
  expiring: expiring.map(({ blocks, channels, cogs }) => ({
    blocks: String(blocks),
    channels: String(channels),
    cogs: String(cogs),
  })),
})

const toInfra = (infra: InfraView): StatusMessage['infra'] => ({
  endpoint: infra.endpoint,
  tls: infra.tls,
  token: infra.token,
  client_certificate: infra.clientCertificate,
  berty: infra.berty,
  berty_state: infra.bertyState,
  groups: infra.groups,
  tests: infra.tests,
  tests_running: infra.testsRunning,
})
