import { createHash } from 'node:crypto'
import { Metadata } from '@grpc/grpc-js'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, RawClient } from '../../../support/echo-service.js'
import {
  callByPlan,
  type Lines,
  openSession,
  type Plan,
  planOf,
  type PlannedService,
  SHAPES,
  startPlannedService,
} from '../../../support/planned-service.js'
import { type Harness, openHarness } from './harness.js'

// Defects are numbered as in snet-behaviour 11.

/**
 * The same call to the service and through the daemon. What may differ is named here, and nothing else: payment secrets
 * and the payer are the daemon's (docs/threat-model.md), and so is what describes the one connection or the one client.
 */
const OF_THE_DAEMON = {
  request: [
    'snet-user-address',
    'snet-payment-channel-signature-bin',
    ':authority',
    ':scheme',
    'user-agent',
    'grpc-timeout',
  ],
  answer: ['date'],
}

/** Seeds whose calls once differed. */
const KEPT: readonly string[] = ['call 2', 'call 5', 'call 37', 'call 44']
const SEEDS = new Set([...KEPT, ...Array.from({ length: 50 }, (_none, i) => `call ${i}`)])

const PAYMENT: Lines = [
  ['snet-payment-type', 'escrow'],
  ['snet-payment-channel-id', '7'],
  ['snet-payment-channel-nonce', '3'],
  ['snet-payment-channel-amount', '10'],
  ['snet-payment-channel-signature-bin', Buffer.alloc(65, 1).toString('base64')],
]

let service: PlannedService
let h: Harness
let paidFor = 0
beforeAll(async () => {
  service = await startPlannedService(planOf('first'))
  h = await openHarness({
    url: service.url,
    methods: {
      find(path) {
        const shape = SHAPES.find((one) => path === `/plan.Plan/${one}`)
        return (
          shape && {
            asksOnce: shape === 'Unary' || shape === 'Count',
            answersOnce: shape === 'Unary' || shape === 'Collect',
          }
        )
      },
    },
  })
  return async () => {
    await h[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
  }
})

const direct = () => ({ host: service.url.hostname, port: Number(service.url.port) })

/** By name, with the values of one name in their order: between names HTTP has no order. */
function sorted(lines: Lines, without: readonly string[]): Record<string, string> {
  const found = new Map<string, string[]>()
  for (const [name, value] of lines) {
    if (without.includes(name)) continue
    const told = name === 'content-type' ? value.replace(/\+proto$/, '') : value
    found.set(name, [...(found.get(name) ?? []), told])
  }
  return Object.fromEntries(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, short(all.join(', '))]),
  )
}

async function byHand(address: { host: string; port: number }, plan: Plan) {
  using session = openSession(address)
  const { headers, trailers, body, resetCode } = await callByPlan(session, `/plan.Plan/${plan.shape}`, plan)
  return {
    body: digest(body),
    resetCode,
    headers: sorted(headers, OF_THE_DAEMON.answer),
    trailers: sorted(trailers, OF_THE_DAEMON.answer),
    ...seen(),
  }
}

async function byLibrary(address: { host: string; port: number }, plan: Plan) {
  using client = new RawClient(address)
  const metadata = new Metadata()
  for (const [name, value] of plan.metadata)
    metadata.add(name, name.endsWith('-bin') ? Buffer.from(value, 'base64') : value)
  const answer = await client.call(`/plan.Plan/${plan.shape}`, [...plan.requests], { metadata })
  return { ...told(answer), ...seen() }
}

const told = ({ code, details, messages, headers, trailers }: Answer) => ({
  ...{ code, details },
  messages: messages.map(digest),
  headers: headers && linesOf(headers),
  trailers: linesOf(trailers),
})

function linesOf(metadata: Metadata): Record<string, string> {
  const lines = Object.keys(metadata.getMap()).flatMap((name) =>
    metadata.get(name).map((value) => [name, value.toString('base64' as BufferEncoding)] as const),
  )
  return sorted(lines, OF_THE_DAEMON.answer)
}

/** What the service saw of it. */
const seen = () => ({
  arrived: sorted(service.arrived?.headers ?? [], OF_THE_DAEMON.request),
  sent: digest(service.arrived?.body ?? Buffer.alloc(0)),
})

const short = (text: string): string =>
  text.length <= 80 ? text : `${text.slice(0, 20)}… ${digest(Buffer.from(text))}`

/** Short, for whoever reads how two calls differ. */
const digest = (bytes: Buffer): string =>
  `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`

const withPayment = (plan: Plan): Plan => ({ ...plan, metadata: [...PAYMENT, ...plan.metadata] })

async function expectSame(plan: Plan): Promise<void> {
  await expectSameByHand(plan)
  const library = await byLibrary(direct(), service.plan)
  expect(await byLibrary(h.gateway.address, service.plan)).toEqual(library)
  if (isPaid(plan)) paidFor++
}

async function expectSameByHand(plan: Plan): Promise<void> {
  service.plan = withPayment(plan)
  const hand = await byHand(direct(), service.plan)
  expect(await byHand(h.gateway.address, service.plan)).toEqual(hand)
  if (isPaid(plan)) paidFor++
}

const isPaid = (plan: Plan): boolean => plan.trailers.some(([name, value]) => name === 'grpc-status' && value === '0')

describe('a call through the daemon is the call to the service', () => {
  test.each([...SEEDS])('%s', async (seed) => {
    await expectSame(planOf(seed))
  })
})

const plan = (changes: Partial<Plan>): Plan => ({
  shape: 'Unary',
  metadata: [],
  requests: [Buffer.from('x')],
  headers: [],
  answers: [Buffer.from('y')],
  trailers: [['grpc-status', '0']],
  ...changes,
})

describe('so it is at the edges', () => {
  const many: Lines = Array.from({ length: 100 }, (_none, i) => [`x-${i}`, 'v'.repeat(80)] as const)
  const edges: [string, Partial<Plan>][] = [
    [
      'empty metadata',
      {
        metadata: [
          ['x-empty', ''],
          ['x-empty-bin', ''],
        ],
        headers: [['x-empty', '']],
        trailers: [
          ['grpc-status', '0'],
          ['x-empty', ''],
        ],
      },
    ],
    ['huge metadata', { metadata: many, headers: many, trailers: [['grpc-status', '0'], ...many] }],
    [
      'every byte',
      { metadata: [['x-all-bin', Buffer.from(Array.from({ length: 256 }, (_none, i) => i)).toString('base64')]] },
    ],
    ['an empty message both ways', { requests: [Buffer.alloc(0)], answers: [Buffer.alloc(0)] }],
    ['a megabyte both ways', { requests: [Buffer.alloc(1024 * 1024, 1)], answers: [Buffer.alloc(1024 * 1024, 2)] }],
    ['a stream without an answer', { shape: 'Chat', answers: [] }],
    [
      'a thousand answers',
      { shape: 'Count', answers: Array.from({ length: 1000 }, (_none, i) => Buffer.from(`${i}`)) },
    ],
    [
      'a thousand requests',
      { shape: 'Collect', requests: Array.from({ length: 1000 }, (_none, i) => Buffer.from(`${i}`)) },
    ],
    [
      'an error after headers (defect 33)',
      {
        answers: [],
        headers: [['x-a', '1']],
        trailers: [
          ['grpc-status', '9'],
          ['grpc-message', 'no'],
        ],
      },
    ],
    [
      'an error with details',
      {
        answers: [],
        headers: undefined,
        trailers: [
          ['grpc-status', '3'],
          ['grpc-message', 'bad'],
          ['grpc-status-details-bin', Buffer.from('details').toString('base64')],
          ['x-more', '1'],
        ],
      },
    ],
    [
      'an error after answers of a stream',
      { shape: 'Count', answers: [Buffer.from('1'), Buffer.from('2')], trailers: [['grpc-status', '10']] },
    ],
  ]
  test.each(edges)('%s', async (_what, changes) => {
    await expectSame(plan(changes))
  })

  test('more lines than grpc-js takes', async () => {
    // Its node:http2 takes 128, and may end the process (nodejs/node, the check of ~Http2Session) where more come.
    const many: Lines = Array.from({ length: 200 }, (_none, i) => [`x-${i}`, 'v'.repeat(40)] as const)
    await expectSameByHand(plan({ metadata: many, headers: many, trailers: [['grpc-status', '0'], ...many] }))
  })
})

test('every call that ended well is paid, and no other', () => {
  expect(h.payments).toMatchObject({ committed: paidFor, open: 0 })
})
