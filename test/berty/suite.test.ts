import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InviteContent } from '../../src/daemon/infra/contract/berty.js'
import { type Member, readUntilReady } from '../support/berty-group.js'
import { startCutProxy, type CutProxy } from '../support/cut-proxy.js'
import { linkBerty, type LinkedBerty } from '../support/linked-berty.js'
import { startReader } from '../support/message-reader.js'
import { until } from '../support/until.js'
import { type Bertys, openBertys } from './bertys.js'

/** The same for the fake and for real ones: what a client has to be able to rely on. */
const PEERS = 2
const options = { timeoutMs: 60_000 }

interface Peer extends LinkedBerty {
  readonly proxy: CutProxy
  readonly member: Member
}

let bertys: Bertys
let invite: InviteContent
const peers: Peer[] = []
const members = (): Member[] => peers.map(({ member }) => member)
const at = (index: number): Peer => {
  const peer = peers[index]
  if (!peer) throw new Error(`no peer ${index}`)
  return peer
}

beforeAll(async () => {
  bertys = await openBertys({ least: PEERS })
  for (const endpoint of bertys.endpoints) {
    const proxy = await startCutProxy(endpoint)
    const linked = await linkBerty(proxy.endpoint)
    invite ??= await linked.berty.createGroup(`suite ${Date.now()}`)
    await linked.berty.joinGroup(invite)
    const keys = await linked.berty.groupKeys(invite.publicKey)
    peers.push({ ...linked, proxy, member: { berty: linked.berty, ...keys } })
  }
}, 120_000)

afterAll(async () => {
  for (const { berty, link, proxy } of peers) {
    await berty.leaveGroup(invite.publicKey)
    await link[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
  }
  await bertys[Symbol.asyncDispose]()
})

describe('a group', { timeout: 120_000 }, () => {
  test('has members with keys of their own, none of them those of the account', () => {
    const keys = members().flatMap(({ member, device }) => [member, device])
    expect(new Set(keys).size).toBe(2 * PEERS)
    for (const { berty } of peers) expect(keys).not.toContain(berty.details.device)
  })

  test('is ready when every member has seen the keys of all others', async () => {
    for (const { member } of peers) await readUntilReady(member, invite.publicKey, members())
  })

  test('is joined a second time without an error', async () => {
    await at(1).berty.joinGroup(invite)
  })

  test('brings a text to every member, its sender included, and an acknowledgement back', async () => {
    await using sender = startReader(at(0).berty, invite.publicKey)
    await using receiver = startReader(at(1).berty, invite.publicKey)
    await until('both have read the history', () => sender.histories > 0 && receiver.histories > 0, { limitMs: 60_000 })
    const { outcome, cid } = await at(0).berty.sendText(invite.publicKey, 'hello', options)
    expect(outcome).toBe('sent')
    for (const { messages } of [sender, receiver]) {
      await until('the message is there', () => messages.some((message) => message.cid === cid), { limitMs: 60_000 })
      expect(messages.find((message) => message.cid === cid)).toMatchObject({
        device: at(0).member.device,
        content: { type: 'user', body: 'hello' },
      })
    }
    await until(
      'its acknowledgement is back',
      () =>
        sender.messages.some(
          ({ device, content }) =>
            device === at(1).member.device && content.type === 'acknowledge' && content.target === cid,
        ),
      { limitMs: 60_000 },
    )
  })

  test('loses nothing and repeats nothing when the way to Berty breaks off', async () => {
    await using receiver = startReader(at(1).berty, invite.publicKey)
    await until('the history is read', () => receiver.histories > 0, { limitMs: 60_000 })
    const sent: string[] = []
    for (let count = 0; count < 30; count++) {
      if (count % 10 === 5) at(1).proxy.cut()
      const { cid } = await at(0).berty.sendText(invite.publicKey, `message ${count}`, options)
      sent.push(cid ?? '')
    }
    const received = (): string[] => receiver.messages.map(({ cid }) => cid)
    await until('everything that was sent is there', () => sent.every((cid) => received().includes(cid as never)), {
      limitMs: 60_000,
    })
    for (const cid of sent) expect(received().filter((each) => each === cid)).toHaveLength(1)
  })
})
