import { printableLine } from '../../shared/printable.js'
import { type Colour, paint } from './colour.js'
import { hang, terminalWidth } from './wrap.js'
import type { GateMessage, InfraStatusMessage, StatusMessage } from '../../shared/wire/index.js'

/** What a daemon says of itself, a line each, which goes on under itself where the terminal is narrow. */
export function renderStatus(status: StatusMessage, width = terminalWidth(process.stdout)): string {
  const { phase = 'unknown', healthy, pid, version, gate, infra, parts = [] } = status
  const { uptime_seconds: uptime = 0, waiting_for: waiting } = status
  const state = phase === 'SERVING' && !healthy ? 'serving, with trouble' : phase.toLowerCase()
  const rows: [string, string][] = [
    ['state', `${state}, up ${durationText(uptime)} (pid ${pid}, version ${version})`],
    ...(waiting ? [['waiting for', waiting] as [string, string]] : []),
    ...(gate ? gateRows(gate) : []),
    ...(infra ? infraRows(infra) : []),
    ...(status.metrics === undefined ? [] : [['metrics', `http://${status.metrics}/metrics`] as [string, string]]),
    ...settingsRows(status),
    ...parts.map(({ name = '', ok, reason }): [string, string] => [
      printableLine(name),
      ok ? (reason ? `ok, but ${reason}` : 'ok') : `NOT OK: ${reason ?? ''}`,
    ]),
  ]
  const column = Math.max(...rows.map(([name]) => name.length))
  const colour = (text: string): Colour | undefined =>
    text.startsWith('NOT ') ? 'red' : text.startsWith('RESTART') ? 'yellow' : undefined
  return rows
    .map(([name, text]) =>
      hang(`${name.padEnd(column)}  `, printableLine(text), width, (part) => paint(part, colour(text))),
    )
    .join('\n')
}

function settingsRows({ restart_for: keys = [], settings_problems: problems = [] }: StatusMessage): [string, string][] {
  return [
    ...(keys.length === 0
      ? []
      : [['settings', `RESTART for what was changed: ${keys.join(', ')}`] as [string, string]]),
    ...problems.map((problem): [string, string] => ['settings', `NOT VALID any more: ${problem}`]),
  ]
}

const gateRows = (gate: GateMessage): [string, string][] => [
  ['endpoint', `${gate.endpoint}${gate.tls ? ' (TLS)' : ''}`],
  ...(gate.certificate_not_after === undefined ? [] : [certificateRow(gate)]),
  ...(gate.paused ? [['calls', 'PAUSED, as an operator said'] as [string, string]] : []),
  ...(gate.unpaid ? unpaidRows(gate) : paidRows(gate)),
  ...(gate.allowed_users === undefined ? [] : [onlyRow(gate.allowed_users)]),
  ...(gate.reports ?? []).map((queue): [string, string] => [QUEUES[queue.name ?? ''] ?? '', queueText(queue)]),
]

/** Metering is a part of the daemon as well, with a line of its own. */
const QUEUES: Readonly<Record<string, string>> = { metering: 'reports', alerts: 'alerts' }

function queueText({ waiting, posted, dropped, trouble }: NonNullable<GateMessage['reports']>[number]): string {
  const lost = Number(dropped ?? 0) > 0 ? `, ${dropped} DROPPED` : ''
  return `${trouble === undefined ? '' : 'NOT NOW: '}${waiting ?? 0} wait, ${posted ?? 0} told${lost}${trouble === undefined ? '' : `: ${trouble}`}`
}

const certificateRow = ({
  certificate_names: names = [],
  certificate_not_after: end,
}: GateMessage): [string, string] => ['certificate', `${names.join(', ')}, until ${end}`]

const onlyRow = (users: number): [string, string] => [
  'serves',
  `ONLY ${countText(users, 'allowed user')} (allowed_user_flag is true)`,
]

const unpaidRows = (gate: GateMessage): [string, string][] => [
  [
    'payments',
    `NONE: ${gate.allowed_users === undefined ? 'everybody' : 'who is allowed'} is served for nothing (blockchain_enabled is false, or daemon_type is http)`,
  ],
  ['in flight', countText(gate.calls_in_flight, 'call')],
]

const paidRows = (gate: GateMessage): [string, string][] => [
  ['for', `${gate.organization} / ${gate.service}, group ${gate.group}, network ${gate.network}`],
  ['keeps', `${countText(Number(gate.channels), 'channel')}, ${gate.storage}`],
  [
    'in flight',
    `${countText(gate.calls_in_flight, 'call')}, ${countText(gate.payments_in_flight, 'payment')} of ${gate.cogs_in_flight} cogs`,
  ],
  ['since start', `${countText(Number(gate.payments_kept), 'payment')} of ${gate.cogs_kept} cogs kept`],
  ...outstandingRows(gate),
  ['block', blockText(gate)],
  ...nodeRows(gate),
  ...(gate.unused_metadata === undefined
    ? []
    : [['metadata', `NOT USED: ${gate.unused_metadata}`] as [string, string]]),
]

function outstandingRows({
  cogs_signed: signed,
  cogs_in_claims: inClaims,
  expiring = [],
}: GateMessage): [string, string][] {
  if (signed === undefined) return []
  const soon = expiring.find(({ channels }) => Number(channels) > 0)
  return [
    ['to collect', `${signed} cogs signed, ${inClaims} in claims that wait for the chain`],
    ...(soon
      ? [
          [
            'expiring',
            `${soon.cogs} cogs on ${countText(Number(soon.channels), 'channel')} within ${soon.blocks} blocks: claim them before`,
          ] as [string, string],
        ]
      : []),
  ]
}

function blockText({ block, chain_age_seconds: age, chain_subscribed: subscribed }: GateMessage): string {
  if (block === undefined) return 'none seen'
  const seen = age === undefined ? '' : `, seen ${durationText(age)} ago`
  const how =
    subscribed === undefined ? '' : subscribed ? ', by subscription' : ', by polling: the subscription is away'
  return `${block}${seen}${how}`
}

/** Several nodes that stand for each other. */
function nodeRows({ ethereum_nodes: nodes = [] }: GateMessage): [string, string][] {
  if (nodes.length < 2) return []
  const shown = nodes.map(
    ({ node, used, fault }) => `${node}${used ? ', asked' : ''}${fault ? `, failing: ${fault}` : ''}`,
  )
  return [['nodes', shown.join('; ')]]
}

function infraRows(infra: InfraStatusMessage): [string, string][] {
  const guards = [infra.tls && 'TLS', infra.token && 'token', infra.client_certificate && 'client certificates']
  const guarded = guards.filter((guard) => guard).join(', ')
  return [
    ['infra', `${infra.endpoint}${guarded ? ` (${guarded})` : ''}`],
    ['berty', `${infra.berty}, ${infra.berty_state}`],
    ['plays', `${countText(infra.groups, 'group')}, ${countText(infra.tests, 'test')}, ${infra.tests_running} running`],
  ]
}

const countText = (count: number | undefined, what: string): string => `${count ?? 0} ${what}${count === 1 ? '' : 's'}`

function durationText(seconds: number): string {
  const whole = Math.floor(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
