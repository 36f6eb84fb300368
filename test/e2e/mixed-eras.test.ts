import { expect, test } from 'vitest'
import { shareGroup, startRun } from '../../src/client/fleet/index.js'
import { openInfraSandbox } from '../../src/sandbox/infra.js'
import { until } from '../support/until.js'

test(
  'a pair of two generations hears at once that it never gets ready; made again by all together, it does',
  { timeout: 120_000 },
  async () => {
    await using sandbox = await openInfraSandbox({ peers: 2, seed: 'mixed', eras: ['E', 'C'] })
    const { fleet } = sandbox
    const [head] = fleet.peers
    const how = { group: 'chat', test: '0', run: 'r1', waitReady: '60s' }
    const plan = { type: 'TEXT', size: '300', interval_us: '1000', amount: '3', seed: '7' } as const
    const define = () => fleet.each((peer) => peer.call('NewTest', { group: 'chat', test: '0', plan }))

    await head?.call('CreateGroup', { name: 'chat' })
    const first = await shareGroup(fleet, 'chat', {})
    expect(first.outcomes).toMatchObject([{ result: { share: 'there' } }, { result: { share: 'joined' } }])
    expect(first.trouble).toMatchObject({ isCertain: true })
    await define()
    await expect(startRun(fleet, how)).rejects.toMatchObject({
      kind: 'wrong-state',
      message:
        'not started anywhere: peer2 (era C) cannot get ready with peer1 (era E): the group was made there, and no other host of that era is in it',
    })

    await fleet.each((peer) => peer.call('LeaveGroup', { name: 'chat' }))
    const again = await shareGroup(fleet, 'chat', {})
    expect(again.outcomes).toMatchObject([{ result: { share: 'joined' } }, { result: { share: 'made' } }])
    expect(again.trouble).toBeUndefined()
    await define()
    expect((await startRun(fleet, how)).map(({ ok }) => ok)).toEqual([true, true])
    const states = async () =>
      (await fleet.each((peer) => peer.call('ListTests', {}))).map((one) => one.ok && one.result.tests?.[0]?.state)
    await until(
      'both have sent',
      async () => (await states()).every((state) => state === 'DRAINING' || state === 'DONE'),
      {
        limitMs: 90_000,
      },
    )
  },
)
