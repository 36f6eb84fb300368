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
    ...parts.map(({ name = '', ok, reason }): [string, string] => [
      printableLine(name),
      ok ? 'ok' : `NOT OK: ${reason ?? ''}`,
    ]),
  ]
  const column = Math.max(...rows.map(([name]) => name.length))
  const colour = (text: string): Colour | undefined => (text.startsWith('NOT OK') ? 'red' : undefined)
  return rows
    .map(([name, text]) =>
      hang(`${name.padEnd(column)}  `, printableLine(text), width, (part) => paint(part, colour(text))),
    )
    .join('\n')
}

const gateRows = (gate: GateMessage): [string, string][] => [
  ['endpoint', `${gate.endpoint}${gate.tls ? ' (TLS)' : ''}`],
  ...(gate.paused ? [['calls', 'PAUSED, as an operator said'] as [string, string]] : []),
  ...(gate.unpaid ? unpaidRows(gate) : paidRows(gate)),
  ...(gate.allowed_users === undefined ? [] : [onlyRow(gate.allowed_users)]),
]

const onlyRow = (users: number): [string, string] => [
  'serves',
  `ONLY ${countText(users, 'allowed user')} (allowed_user_flag is true)`,
]

const unpaidRows = (gate: GateMessage): [string, string][] => [
  [
    'payments',
    `NONE: ${gate.allowed_users === undefined ? 'everybody' : 'who is allowed'} is served for nothing (blockchain_enabled is false)`,
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
  ['block', gate.block ?? ''],
  ...(gate.unused_metadata === undefined
    ? []
    : [['metadata', `NOT USED: ${gate.unused_metadata}`] as [string, string]]),
]

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
