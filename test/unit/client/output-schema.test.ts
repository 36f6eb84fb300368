import { describe, expect, test } from 'vitest'
import {
  groupView,
  inviteView,
  messageView,
  peerView,
  probeView,
  reliabilityView,
  testView,
} from '../../../src/client/fleet/views.js'
import { readManifest } from '../../../src/client/help/index.js'
import { errorJson } from '../../../src/client/error-text.js'
import { explain, findSettings } from '../../../src/settings/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { describedCommands, outputFaults, stderrFaults } from '../../support/output-schema.js'
import { reportOn, sent } from './run-report/a-run.js'

const KEY = Buffer.alloc(32, 7)
const peer = peerView({
  state: 'CONNECTED',
  account_pk: KEY,
  reliability: { outages: [{ started_at: '1', ended_at: '0' }] },
})
const group = groupView({ name: 'chat', public_key: KEY, members: [{ member_pk: KEY, is_self: true }] })
const aTest = testView({ group: 'chat', test: '0', state: 'DONE', end: 'COMPLETED', plan: { rate: 3, seed: 'x' } })
const run = { run: 'r', started: null, ended: null, running: true, tests: [{ group: 'chat', name: '0' }], peers: ['a'] }
const ofTwo = (result: unknown) => [
  { peer: 'a', ok: true, result },
  { peer: 'b', ok: false, ...errorJson(new SnetError('not-found', 'no group', { hint: 'Make one.' })) },
]

test('the schema has every command that takes --json', () => {
  const commands = Object.values(readManifest().commands).filter(({ hidden }) => !hidden)
  expect([...describedCommands].sort()).toEqual(commands.map(({ id }) => id).sort())
})

describe('what commands print is as the schema says', () => {
  test.each([
    ['peer:list', peer],
    ['peer:list', peerView({})],
    ['peer:test', probeView({})],
    ['peer:reliability', reliabilityView({})],
    ['group:join', group],
    ['group:list', [group]],
    ['group:invite', inviteView({ group: { name: 'chat' }, invite: KEY, web_url: 'https://x' })],
    ['group:messages', [messageView({ cid: KEY, body: 'hi', sequence: '3' })]],
    ['test:status', aTest],
    ['test:list', [aTest, testView({})]],
    ['test:runs', [run]],
    ['test:report', reportOn([{ epochs: [[1]], pages: [{ sent: [sent(1)] }] }, {}])],
  ])('%s', (command, value) => {
    expect(outputFaults(command, value)).toEqual([])
    const isFleet = !['test:runs', 'test:report'].includes(command)
    if (isFleet) expect(outputFaults(command, ofTwo(value))).toEqual([])
  })

  test('config explain', async () => {
    const found = await findSettings({ file: undefined, env: { SNET_DRAIN_TIMEOUT: 'x' }, flags: {}, cwd: '/' })
    expect(outputFaults('config:explain', explain(found))).toEqual([])
  })

  test('errors and warnings on stderr', () => {
    const error = errorJson(new SnetError('not-found', 'x', { details: { a: 'b' } }))
    for (const line of [error, { peer: 'a', ...error }, { warning: 'x' }]) expect(stderrFaults(line)).toEqual([])
  })
})

test('the schema refuses what is not so', () => {
  expect(outputFaults('peer:list', { ...peer, state: 7 })).not.toEqual([])
  expect(outputFaults('test:list', aTest)).not.toEqual([])
  expect(stderrFaults('Error: x')).not.toEqual([])
})
