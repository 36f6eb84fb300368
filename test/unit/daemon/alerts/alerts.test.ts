import { expect, test } from 'vitest'
import { Alerts } from '../../../../src/daemon/alerts/index.js'
import type { ReportedTrouble } from '../../../../src/shared/wire/index.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const CONFIG = { lookMs: 1, looks: 2, gapMs: 0 }
const full = { message: 'Full.', details: 'it is', level: 'WARN', isOwn: true } as const

/** A daemon whose state a test sets. */
function aDaemon(notes?: { text: string | undefined }) {
  const told: ReportedTrouble[] = []
  const lines: string[] = []
  const state = {
    service: true,
    full: false,
    recipient: 'a@example.org' as string | undefined,
    stopping: false,
    looks: 0,
  }
  const open = () =>
    new Alerts(CONFIG, {
      log: quietLog(lines),
      health: {
        check: async () => ({
          ready: state.service,
          parts: [{ part: 'service', ok: state.service, ...(!state.service && { reason: 'gone' }) }],
        }),
      },
      watches: [{ key: 'disk', look: async () => (state.looks++, state.full ? full : undefined) }],
      recipient: () => state.recipient,
      tell: (trouble) => told.push(trouble),
      notes: notes && { read: () => notes.text, write: async (text) => void (notes.text = text) },
      isStopping: () => state.stopping,
    })
  const some = async (): Promise<void> => {
    const from = state.looks
    await until('it has looked some times', () => state.looks > from + 4)
  }
  return { open, told, lines, state, some, messages: () => told.map(({ level, message }) => `${level} ${message}`) }
}

test('what is wrong is told once, and that it is over; what is in no log yet is logged', async () => {
  const daemon = aDaemon()
  daemon.state.service = false
  daemon.state.full = true
  await using _alerts = daemon.open()
  await daemon.some()
  await daemon.some()
  daemon.state.service = true
  daemon.state.full = false
  await daemon.some()
  expect(daemon.messages()).toEqual([
    'ERROR Problem in calling Service Heartbeat endpoint.',
    'WARN Full.',
    'INFO Over: Problem in calling Service Heartbeat endpoint.',
    'INFO Over: Full.',
  ])
  expect(daemon.lines).toEqual(['Full.', 'Over: Full.'])
})

test('a recipient who comes later is told what is wrong then; without one nothing is posted', async () => {
  const daemon = aDaemon()
  daemon.state.service = false
  daemon.state.recipient = undefined
  await using _alerts = daemon.open()
  await daemon.some()
  expect(daemon.messages()).toEqual([])
  daemon.state.recipient = 'b@example.org'
  await daemon.some()
  expect(daemon.messages()).toEqual(['ERROR Problem in calling Service Heartbeat endpoint.'])
})

test('a restart tells nothing again; notes that cannot be read are as good as none', async () => {
  const notes = { text: undefined as string | undefined }
  const daemon = aDaemon(notes)
  daemon.state.service = false
  {
    await using _alerts = daemon.open()
    await daemon.some()
  }
  {
    await using _alerts = daemon.open()
    await daemon.some()
    expect(daemon.messages().length).toBe(1)
  }
  notes.text = '{"memory":'
  await using _alerts = daemon.open()
  await daemon.some()
  expect(daemon.messages().length).toBe(2)
})

test('a daemon that stops tells nothing of its parts', async () => {
  const daemon = aDaemon()
  daemon.state.stopping = true
  daemon.state.service = false
  await using _alerts = daemon.open()
  await daemon.some()
  expect(daemon.told).toEqual([])
})
