import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBertyNetwork } from '../../src/sandbox/berty/index.js'
import { rawClient } from '../support/infra-server.js'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'
import { until } from '../support/until.js'

const SETTINGS = { gate_enabled: 'false', infra_enabled: 'true', infra_endpoint: '127.0.0.1:0' }

interface Member {
  readonly member_pk: Buffer
  readonly is_self?: boolean
  readonly readable?: boolean
  readonly reads_us?: boolean
}
type GroupsReply = { groups?: { members?: Member[]; messages_received?: string }[] }

test(
  'two daemons beside two fake Bertys: an invite, keys, a test, and everything arrives',
  { timeout: 90_000 },
  async () => {
    await using temp = await tempDir()
    const cwd = temp.path
    await using bertys = createBertyNetwork({ seed: 'pair' })
    const [one, two] = [await bertys.startPeer({ name: 'one' }), await bertys.startPeer({ name: 'two' })]
    await using first = await startServe({ ...SETTINGS, infra_berty_endpoint: one.endpoint }, cwd)
    await using second = await startServe(
      { ...SETTINGS, data_dir: join(cwd, 'data2'), infra_berty_endpoint: two.endpoint },
      cwd,
    )
    using sender = rawClient(Number(first.infra?.split(':')[1]))
    using receiver = rawClient(Number(second.infra?.split(':')[1]))
    for (const client of [sender, receiver])
      await until('Berty is connected', async () => (await client.infra('GetPeer')).reply['state'] === 'CONNECTED', {
        limitMs: 60_000,
      })

    const { reply } = await sender.infra('CreateGroup', { name: 'chat' })
    expect((await receiver.infra('JoinGroup', { name: 'chat', invite: reply['invite'] })).error).toBeUndefined()
    const group = async (client: typeof sender) => ((await client.infra('ListGroups')).reply as GroupsReply).groups?.[0]
    for (const client of [sender, receiver])
      await until(
        'the other member can be read and reads us',
        async () => {
          const others = ((await group(client))?.members ?? []).filter(({ is_self: isSelf }) => !isSelf)
          return others.length === 1 && others.every((other) => other.readable && other.reads_us)
        },
        { limitMs: 60_000 },
      )
    await receiver.infra('StartReceiving', { name: 'chat' })

    const plan = { type: 'TEXT', size: '300', interval_us: '2000', amount: '20', drain_us: '100000' }
    await sender.infra('NewTest', { group: 'chat', test: '1', plan })
    expect((await sender.infra('StartTest', { group: 'chat', test: '1', run_id: 'r1' })).error).toBeUndefined()
    await until('20 messages are received', async () => (await group(receiver))?.messages_received === '20', {
      limitMs: 60_000,
    })

    const sequences: number[] = []
    for await (const page of receiver.stream('ReadLedger', { run_id: 'r1' }))
      for (const { sequence } of (page as { received?: { sequence: string }[] }).received ?? [])
        sequences.push(Number(sequence))
    expect(sequences.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => (sequences[0] ?? 0) + at))
  },
)
