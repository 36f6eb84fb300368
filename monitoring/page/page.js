// Asks for the figures every two seconds and shows them. What they hold is shown as text, whoever has written it.
const EVERY_MS = 2_000
const POINTS = 150
const rates = []
let before

const byId = (id) => document.getElementById(id)

function element(name, text, className) {
  const made = document.createElement(name)
  made.textContent = text
  if (className) made.className = className
  return made
}

/** Replaces the rows of a table; each cell is a text, or a text and its class. */
function fill(id, rows, nothing) {
  const filled = rows.map((cells) => {
    const row = document.createElement('tr')
    row.append(...cells.map((cell) => element('td', ...[cell].flat())))
    return row
  })
  if (filled.length === 0) {
    const cell = element('td', nothing, 'small')
    cell.colSpan = 6
    const row = document.createElement('tr')
    row.append(cell)
    filled.push(row)
  }
  byId(id).replaceChildren(...filled)
}

const fillList = (id, pairs) =>
  byId(id).replaceChildren(
    ...pairs.flatMap(([name, text, className]) => [element('dt', name), element('dd', text, className)]),
  )

const grouped = (number) => String(number ?? '0').replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
const perSecond = (number) =>
  number === undefined ? '–' : number < 10 ? number.toFixed(1) : grouped(Math.round(number))

function time(seconds) {
  if (seconds === undefined || seconds === null) return '–'
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`
  if (seconds < 1) return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`
}

function uptime(seconds) {
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`
}

/** Calls per second since the last look, by method. */
function rateOf(method, now) {
  const past = before?.methods.find((one) => one.method === method.method)
  return before ? (method.calls - (past?.calls ?? 0)) / ((now - before.now) / 1000) : undefined
}

function showState({ status }) {
  const { phase, healthy, gate, waiting_for: waiting } = status
  byId('name').textContent = gate?.service ? `${gate.organization} / ${gate.service}` : 'snetd'
  document.title = `${healthy ? '' : '! '}${gate?.service ?? 'snetd'}`
  const word = phase === 'SERVING' ? (healthy ? '● serving' : '▲ serving, with trouble') : phase.toLowerCase()
  byId('state').textContent = gate?.paused ? `${word}, PAUSED` : word
  byId('state').className = healthy ? 'good' : 'bad'
  const { restart_for: keys = [], settings_problems: problems = [] } = status
  const notes = [
    waiting && `Waiting for ${waiting}`,
    gate?.unpaid && 'Calls are NOT PAID: blockchain_enabled is false.',
    gate?.unused_metadata && `Changed metadata is not used: ${gate.unused_metadata}`,
    keys.length > 0 && `Changed settings wait for a restart: ${keys.join(', ')}`,
    ...problems.map((problem) => `The next start would fail: ${problem}`),
  ].filter((note) => note)
  byId('notes').hidden = notes.length === 0
  byId('notes').textContent = notes.join('\n')
}

function showCards({ status: { gate = {} }, p95, rate }) {
  const cards = [
    ['calls per second', perSecond(rate)],
    ['calls in flight', grouped(gate.calls_in_flight)],
    ['95 % of calls within', time(p95)],
    ...(gate.unpaid
      ? []
      : [
          ['earned since the start, cogs', grouped(gate.cogs_kept)],
          ['to collect, cogs', gate.cogs_signed === undefined ? '–' : grouped(gate.cogs_signed)],
          ['held by calls, cogs', grouped(gate.cogs_in_flight)],
        ]),
  ]
  byId('cards').replaceChildren(
    ...cards.map(([name, value]) => {
      const card = document.createElement('div')
      card.append(element('strong', value), element('span', name, 'small'))
      return card
    }),
  )
}

function showCalls({ methods, now, rate }) {
  if (rate !== undefined) rates.push(rate)
  if (rates.length > POINTS) rates.shift()
  const most = Math.max(1, ...rates)
  const step = 300 / (POINTS - 1)
  const points = rates.map(
    (value, at) => `${((POINTS - rates.length + at) * step).toFixed(1)},${(57 - (54 * value) / most).toFixed(1)}`,
  )
  byId('line').setAttribute('points', points.join(' '))
  byId('curve-text').textContent = `calls per second, the last 5 minutes; at most ${perSecond(most)}`
  fill(
    'methods',
    methods.map((one) => {
      const failed = one.calls - (one.outcomes.ok ?? 0)
      return [
        one.method,
        [grouped(one.calls), 'number'],
        [perSecond(rateOf(one, now)), 'number'],
        [
          failed === 0 ? '0' : `${grouped(failed)} (${Math.max(1, Math.round((100 * failed) / one.calls))} %)`,
          failed === 0 ? 'number' : 'number bad',
        ],
        [time(one.p50), 'number'],
        [time(one.p95), 'number'],
      ]
    }),
    'no calls yet',
  )
}

function showMoney({ status: { gate = {} }, refused, commit }) {
  if (!gate.organization)
    return fillList('money', [['payments', gate.unpaid ? 'none: everybody is served for nothing' : 'no gate']])
  const expiring = (gate.expiring ?? []).map(({ blocks, channels, cogs }) => [
    `within ${grouped(blocks)} blocks`,
    Number(channels) === 0
      ? 'nothing expires'
      : `${grouped(cogs)} cogs on ${grouped(channels)} channels are lost unless claimed`,
    Number(channels) === 0 ? '' : 'bad',
  ])
  fillList('money', [
    ['channels', `${grouped(gate.channels)}, ${gate.storage}`],
    ['payments kept', `${grouped(gate.payments_kept)}, ${grouped(gate.cogs_kept)} cogs`],
    ['in flight', `${grouped(gate.payments_in_flight)}, ${grouped(gate.cogs_in_flight)} cogs`],
    ['signed, not claimed', gate.cogs_signed === undefined ? 'not known now' : `${grouped(gate.cogs_signed)} cogs`],
    [
      'in claims',
      gate.cogs_in_claims === undefined ? 'not known now' : `${grouped(gate.cogs_in_claims)} cogs wait for the chain`,
    ],
    ...expiring,
    [
      'refused',
      Object.entries(refused)
        .map(([reason, count]) => `${reason} ${grouped(count)}`)
        .join(', ') || 'none',
    ],
    ['95 % kept within', time(commit)],
  ])
}

function showHealth({ status, lag, memory }) {
  const { parts = [], gate = {}, infra } = status
  fillList('health', [
    ...parts.map(({ name, ok, reason }) => [
      name,
      ok ? `ok${reason ? `, but ${reason}` : ''}` : `NOT OK: ${reason ?? ''}`,
      ok ? 'good' : 'bad',
    ]),
    ...(gate.block ? [['block', `${grouped(gate.block)}, seen ${time(gate.chain_age_seconds)} ago`]] : []),
    ...(gate.certificate_not_after ? [['certificate', `until ${gate.certificate_not_after}`]] : []),
    ...(infra
      ? [
          ['berty', `${infra.berty}, ${infra.berty_state}`],
          ['tests', `${infra.tests_running} running`],
        ]
      : []),
    ['event loop', `99 % of turns at most ${time(lag)} late`],
    ['memory', `${Math.round(memory / 1e6)} MB`],
  ])
}

function showRefusals({ refusals }) {
  fill(
    'refusals',
    refusals.map(({ at, method, kind, message, count }) => [
      `${new Date(at).toLocaleTimeString()}${count > 1 ? ` (${count} times)` : ''}`,
      method,
      kind,
      message,
    ]),
    'none since the start',
  )
}

async function look() {
  try {
    const answer = await fetch('data.json', { cache: 'no-store' })
    if (!answer.ok) throw new Error(`it answers ${answer.status}`)
    const data = await answer.json()
    const { status, now, calls } = data
    const rate = before ? Math.max(0, calls - before.calls) / ((now - before.now) / 1000) : undefined
    showState(data)
    for (const show of [showCards, showCalls, showMoney, showHealth, showRefusals]) show({ ...data, rate })
    byId('foot').textContent =
      `snetd ${status.version}, up ${uptime(status.uptime_seconds)}, pid ${status.pid}. Figures for Prometheus: /metrics`
    before = data
  } catch (fault) {
    byId('state').textContent = `✕ the daemon does not answer: ${fault.message}`
    byId('state').className = 'bad'
    before = undefined
  }
  setTimeout(look, EVERY_MS)
}

look()
