import { printableLine } from '../../shared/printable.js'
import type { RunView } from './list-runs.js'
import { spanText } from './progress.js'
import { renderTable } from '../render/table.js'
import { shortId } from '../short-ids.js'
import type { GroupView, MessageView, PeerView, ProbeView, TestView } from './views.js'

/** Something that one of the hosts answered. */
export interface Answer<T> {
  readonly peer: string
  readonly result: T
}

const PEER_HEADINGS = ['peer', 'state', 'berty', 'version', 'era', 'connected', 'groups', 'tests running', 'account']

const peerCells = ({ peer, result }: Answer<PeerView>): string[] => [
  peer,
  result.state + (result.reason === null ? '' : `: ${result.reason}`),
  result.berty ?? '-',
  result.berty_version ?? '-',
  result.era ?? '-',
  String(result.connected_peers ?? '-'),
  String(result.groups),
  String(result.tests_running),
  shortId(result.account_pk),
]

export const peerTable = (answers: readonly Answer<PeerView>[]): string =>
  renderTable(PEER_HEADINGS, answers.map(peerCells))

/** With what reading costs each Berty, and how much of it is left to do. */
export const readingTable = (answers: readonly Answer<PeerView & { behind_ms: number | null }>[]): string =>
  renderTable(
    [...PEER_HEADINGS, 'behind ms', 'unread', 'lists', 'lists ms'],
    answers.map((answer) => [
      ...peerCells(answer),
      String(answer.result.behind_ms ?? '-'),
      ...[answer.result.unread, answer.result.lists.count, answer.result.lists.ms].map(String),
    ]),
  )

export const probeTable = (answers: readonly Answer<ProbeView>[]): string =>
  renderTable(
    ['peer', 'state', 'berty', 'version', 'era', 'account'],
    answers.map(({ peer, result }) => [
      peer,
      result.state,
      result.berty ?? '-',
      result.berty_version ?? '-',
      result.era ?? '-',
      shortId(result.account_pk),
    ]),
  )

export const runTable = (runs: readonly RunView[]): string =>
  runs.length === 0
    ? 'No runs.'
    : renderTable(
        ['run', 'started', 'lasted', 'tests', 'peers'],
        runs.map(({ run, started, ended, tests, peers }) => [
          shortId(run),
          started === null ? '-' : `${started.slice(0, 19).replace('T', ' ')}Z`,
          ended === null ? 'still runs' : spanText((Date.parse(ended) - Date.parse(started ?? ended)) / 1_000),
          tests.map(({ group, name }) => `${group} / ${name}`).join(', '),
          peers.join(', '),
        ]),
      )

export const groupTable = (answers: readonly Answer<readonly GroupView[]>[]): string => {
  const rows = answers.flatMap(({ peer, result }) =>
    result.map((group) => {
      const others = group.members.filter(({ is_self }) => !is_self)
      const ready = others.filter(({ readable, reads_us }) => readable && reads_us)
      return [
        peer,
        group.name,
        shortId(group.public_key),
        group.active ? (group.receiving ? 'receiving' : 'active') : 'joining',
        `${ready.length} of ${others.length}`,
        String(group.messages_received),
        String(group.acknowledgements_received),
      ]
    }),
  )
  return rows.length === 0
    ? 'No groups.'
    : renderTable(['peer', 'group', 'key', 'state', 'members ready', 'messages', 'acknowledgements'], rows)
}

/** With what is to be known beside it. */
const stateOf = ({ state, end, waiting_since }: TestView): string => {
  if (waiting_since !== null) return `${state} since ${waiting_since}`
  return end === null || end === 'completed' ? state : `${state} (${end})`
}

export const testTable = (answers: readonly Answer<readonly TestView[]>[]): string => {
  const rows = answers.flatMap(({ peer, result }) =>
    result.map((test) => [
      peer,
      test.group,
      test.name,
      stateOf(test),
      shortId(test.run),
      `${test.sent} of ${test.amount}`,
      String(test.send_errors),
      String(test.sent_unknown),
      String(test.acknowledged),
      test.reason ?? '',
    ]),
  )
  return rows.length === 0
    ? 'No tests.'
    : renderTable(
        ['peer', 'group', 'test', 'state', 'run', 'sent', 'errors', 'unknown', 'acknowledged', ''].slice(
          0,
          rows.some((row) => row[9] !== '') ? 10 : 9,
        ),
        rows,
      )
}

export const messageLine = ({ received, device_pk, body, size, live }: MessageView): string =>
  `${received}  ${shortId(device_pk)}  ${live ? 'live   ' : 'history'}  ${String(size).padStart(7)}  ${shownBody(body)}`

/** One line of a body, whatever is in it. */
const shownBody = (body: string): string => {
  const line = printableLine((body.split('\n')[0] ?? '').slice(0, 81))
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** Answers with one thing each as answers with lists of one. */
export const asLists = <T>(answers: readonly Answer<T>[]): Answer<T[]>[] =>
  answers.map(({ peer, result }) => ({ peer, result: [result] }))

export const peerLine = (peer: string, view: PeerView): string =>
  printableLine(
    `${new Date().toISOString()}  ${peer}: ${view.state}${view.reason === null ? '' : ` (${view.reason})`}, berty ${view.berty ?? '-'} ${view.berty_version ?? ''}, ${view.groups} groups, ${view.tests_running} tests running`,
  )

export const testLine = (peer: string, test: TestView): string =>
  printableLine(
    `${new Date().toISOString()}  ${peer}: ${test.group} / ${test.name} ${stateOf(test)}, sent ${test.sent} of ${test.amount}, ${test.send_errors} errors, ${test.sent_unknown} unknown, ${test.acknowledged} acknowledged${test.running && test.reason !== null ? `: ${test.reason}` : ''}`,
  )
