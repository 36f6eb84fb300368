import { expect, test } from 'vitest'
import { inviteTexts } from '../../../../src/client/fleet/invite-texts.js'
import { probeTable, runTable } from '../../../../src/client/fleet/tables.js'
import { probeView } from '../../../../src/client/fleet/views.js'

/** As on a terminal of so many columns, without colours. */
function onTerminal(columns: number, show: () => string): string {
  const before = { isTTY: process.stdout.isTTY, columns: process.stdout.columns, env: process.env }
  Object.assign(process.stdout, { isTTY: true, columns })
  process.env = { ...before.env, NO_COLOR: '1' }
  try {
    return `\n${show()}\n`
  } finally {
    Object.assign(process.stdout, { isTTY: before.isTTY, columns: before.columns })
    process.env = before.env
  }
}

const runs = () =>
  runTable([
    {
      ...{
        run: '3f2b9a01-7c55-4e1e-9a55-0d6f4a3b2c1d',
        started: '2026-11-29T12:00:00.000Z',
        ended: null,
        running: true,
      },
      ...{ tests: [{ group: 'chat', name: '0' }], peers: ['london', 'tokyo', 'paris'] },
    },
    {
      ...{ run: 'nightly', started: '2026-11-28T12:00:00.000Z', ended: '2026-11-28T12:05:00.000Z', running: false },
      ...{
        tests: [
          { group: 'chat', name: '0' },
          { group: 'chat', name: 'load' },
        ],
        peers: ['london'],
      },
    },
  ])
const probes = () =>
  probeTable([
    {
      peer: 'london',
      result: probeView({
        ...{ state: 'CONNECTED', endpoint: '127.0.0.1:9091', version: 'v2.471.2', era: 'E' },
        account_pk: Buffer.alloc(32, 0xab),
      }),
    },
  ])
const shared = () =>
  inviteTexts(
    [{ group: 'chat', public_key: null, invite: 'CgVjaGF0', internal_url: null, web_url: 'https://berty.tech/id#x' }],
    ['london: made chat', 'tokyo: joined chat'],
    true,
  ).out

test('test runs, at 80 columns', () => {
  expect(onTerminal(80, runs)).toMatchInlineSnapshot(`
    "
    run       started               tests                  peers
    ────────  ────────────────────  ─────────────────────  ────────────────────
    3f2b9a01  2026-11-29 12:00:00Z  chat / 0               london, tokyo, paris
      lasted still runs
    nightly   2026-11-28 12:00:00Z  chat / 0, chat / load  london
      lasted 5 min 0 s
    "
  `)
})

test('test runs, at 120 columns', () => {
  expect(onTerminal(120, runs)).toMatchInlineSnapshot(`
    "
    run       started               lasted      tests                  peers
    ────────  ────────────────────  ──────────  ─────────────────────  ────────────────────
    3f2b9a01  2026-11-29 12:00:00Z  still runs  chat / 0               london, tokyo, paris
    nightly   2026-11-28 12:00:00Z  5 min 0 s   chat / 0, chat / load  london
    "
  `)
})

test.each([80, 120])('peer test, at %i columns', (columns) => {
  expect(onTerminal(columns, probes)).toMatchInlineSnapshot(`
    "
    peer    state      berty           version   era  account
    ──────  ─────────  ──────────────  ────────  ───  ────────
    london  connected  127.0.0.1:9091  v2.471.2  E    abababab
    "
  `)
})

test.each([80, 120])('group create, at %i columns', (columns) => {
  expect(onTerminal(columns, shared)).toMatchInlineSnapshot(`
    "
    london: made chat
    tokyo: joined chat

    Invite to chat; whoever has it can join and read:
    CgVjaGF0
    The same as a link:
    https://berty.tech/id#x
    "
  `)
})
