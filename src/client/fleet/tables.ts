import { printableLine } from '../../shared/printable.js'
import { cutShort } from '../../shared/short-text.js'
import type { RunView } from './list-runs.js'
import { spanText } from './progress.js'
import { renderTable } from '../render/table.js'
import { terminalWidth } from '../render/wrap.js'
import { shortId } from '../short-ids.js'
import type { GroupView, MessageView, PeerView, ProbeView, TestView } from './views.js'

/** Something that one of the hosts answered. */
export interface Answer<T> {
  readonly peer: string
  readonly result: T
}

const PEER_HEADINGS = ['peer', 'state', 'berty', 'version', 'era', 'connected', 'groups', 'tests running', 'account']
/** The column of reasons needs no heading. */
const REASON = ''

const peerCells = ({ peer, result }: Answer<PeerView>): string[] => [
  peer,
  result.state,
  result.berty ?? '-',
  result.berty_version ?? '-',
  result.era ?? '-',
  String(result.connected_peers ?? '-'),
  String(result.groups),
  String(result.tests_running),
  shortId(result.account_pk),
]

export const peerTable = (answers: readonly Answer<PeerView>[]): string =>
  withReasons(PEER_HEADINGS, answers.map(peerCells), answers, {
    dropped: ['tests running', 'groups', 'connected', 'era'],
  })

/** Also shows what reading costs each Berty, and how much is left to read. */
export const readingTable = (answers: readonly Answer<PeerView & { behind_ms: number | null }>[]): string =>
  withReasons(
    [...PEER_HEADINGS, 'behind ms', 'unread', 'lists', 'lists ms'],
    answers.map((answer) => [
      ...peerCells(answer),
      String(answer.result.behind_ms ?? '-'),
      ...[answer.result.unread, answer.result.lists.count, answer.result.lists.ms].map(String),
    ]),
    answers,
    { dropped: ['account', 'tests running', 'groups', 'connected', 'lists', 'lists ms', 'era', 'berty', 'version'] },
  )

/** A table whose last column gives reasons, if any row has one. */
function withReasons(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  answers: readonly Answer<{ readonly reason: string | null }>[],
  { dropped }: { readonly dropped: readonly string[] },
): string {
  const hasReasons = answers.some(({ result }) => result.reason !== null)
  return renderTable(
    hasReasons ? [...headings, REASON] : headings,
    rows.map((row, at) => [...row, answers[at]?.result.reason ?? '']),
    { dropped: [REASON, ...dropped] },
  )
}

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
        { dropped: ['lasted', 'peers', 'tests'] },
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
    : renderTable(['peer', 'group', 'key', 'state', 'members ready', 'messages', 'acknowledgements'], rows, {
        dropped: ['acknowledgements', 'messages', 'key'],
      })
}

/** The state, and since when the test waits or how it ended. */
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
        ['peer', 'group', 'test', 'state', 'run', 'sent', 'errors', 'unknown', 'acknowledged', REASON].slice(
          0,
          rows.some((row) => row[9] !== '') ? 10 : 9,
        ),
        rows,
        { dropped: [REASON, 'unknown', 'errors', 'acknowledged', 'run'] },
      )
}

export function messageLine(peer: string, { received, device_pk, body, size, live }: MessageView): string {
  const facts = [
    printableLine(peer),
    received,
    shortId(device_pk),
    live ? 'live   ' : 'history',
    String(size).padStart(7),
  ]
  const head = `${facts.join('  ')}  `
  return head + shownBody(body, Math.max(MIN_BODY, Math.min(MAX_BODY, terminalWidth(process.stdout) - head.length)))
}

const MIN_BODY = 10
const MAX_BODY = 80

/** A body on one line, whatever it contains. */
const shownBody = (body: string, max: number): string =>
  cutShort(printableLine((body.split('\n')[0] ?? '').slice(0, max + 1)), max)

/** Turns answers of one thing each into answers of lists, so that one table shows both. */
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
