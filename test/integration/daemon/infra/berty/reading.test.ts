import { readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { BertyMessage, MemberEvent } from '../../../../../src/daemon/infra/contract/berty.js'
import { type Cid, publicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import { bertyCodecs } from '../../../../../src/shared/wire/grpc/index.js'
import { startCutProxy } from '../../../../support/cut-proxy.js'
import { linkBerty } from '../../../../support/linked-berty.js'
import { startReader } from '../../../../support/message-reader.js'
import { anAccount, eraScript, startScriptedBerty } from '../../../../support/scripted-berty.js'
import { ScriptedGroup } from '../../../../support/scripted-group.js'
import { until } from '../../../../support/until.js'

const group = publicKey(Buffer.alloc(32, 7))

const firstCopies = (messages: readonly BertyMessage[]): Cid[] =>
  messages.filter(({ isRepeat }) => !isRepeat).map(({ cid }) => cid)

describe('messages of a group', () => {
  test('are read out of the list and then as they come', async () => {
    const log = new ScriptedGroup()
    log.add('old')
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint)
    await using reader = startReader(linked.berty, group)
    await until('the history is read', () => reader.histories === 1)
    const sent = await linked.berty.sendText(group, 'new', { timeoutMs: 20_000 })
    await until('both messages are read', () => reader.messages.length === 2)
    expect(reader.messages).toMatchObject([
      { isLive: false, isRepeat: false, content: { type: 'user', body: 'old' }, counter: 1n },
      { isLive: true, isRepeat: false, content: { type: 'user', body: 'new' }, counter: 2n, cid: sent.cid },
    ])
  })

  test('are all there once after six cuts under load', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using proxy = await startCutProxy(server.endpoint)
    await using linked = await linkBerty(proxy.endpoint)
    await using reader = startReader(linked.berty, group)
    await until('the history is read', () => reader.histories === 1)
    for (let cut = 0; cut < 6; cut++) {
      const before = proxy.connections
      for (let count = 0; count < 100; count++) {
        log.add(`${cut}.${count}`)
        if (count === 50) proxy.cut()
        await nextTurn()
      }
      await until('the log listens on a connection of its own', () => proxy.connections > before && log.listeners > 0)
    }
    await until('600 messages are read', () => reader.messages.length >= 600)
    log.add('last')
    await until('the message after the cut is read', () => reader.messages.length >= 601)
    expect(firstCopies(reader.messages).sort()).toEqual([...log.ids].sort())
    expect(reader.messages.some(({ isRepeat }) => isRepeat)).toBe(false)
  })

  test('go on after a restart of the Berty, without what was read before', async () => {
    const keys = anAccount()
    const log = new ScriptedGroup()
    const first = await startScriptedBerty({ ...eraScript('E', keys), ...log.script })
    await using linked = await linkBerty(first.endpoint)
    await using reader = startReader(linked.berty, group)
    log.add('one')
    await until('the first message is read', () => reader.messages.length === 1)
    await first[Symbol.asyncDispose]()
    log.deafen()
    log.add('two')
    await using _ = await startScriptedBerty({ ...eraScript('E', keys), ...log.script }, Number(first.port))
    await until('the second message is read', () => reader.messages.length === 2)
    expect(firstCopies(reader.messages)).toEqual(log.ids)
  })

  test('go on when the stream stays open and went silent', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint, { reading: { historyEveryMs: 20, graceMs: 20 } })
    await using reader = startReader(linked.berty, group)
    await until('the log listens and has read the history', () => log.listeners === 1 && reader.histories === 1)
    log.deafen()
    log.add('unheard')
    await until('the first message is read', () => reader.messages.length === 1)
    await until('the log listens', () => log.listeners === 1)
    log.add('heard')
    await until('the second message is read', () => reader.messages.length === 2)
    expect(reader.messages.map(({ isLive }) => isLive)).toEqual([false, true])
  })

  test('go on at once after an activation, which leaves older streams silent', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint)
    await using reader = startReader(linked.berty, group)
    await until('the log listens and has read the history', () => log.listeners === 1 && reader.histories === 1)
    log.deafen()
    await linked.berty.activateGroup(group)
    await until('the log listens', () => log.listeners === 1)
    log.add('heard')
    await until('the message is read', () => reader.messages.length === 1)
  })

  test('wait for a slow reader within bounds, and none is lost', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    const reading = { live: { entries: 20, bytes: 1_000_000 }, history: { entries: 10, bytes: 1_000_000 } }
    await using linked = await linkBerty(server.endpoint, { reading })
    await using reader = startReader(linked.berty, group, () => nextTurn())
    await until('the log listens and has read the history', () => reader.histories === 1 && log.listeners === 1)
    for (let count = 0; count < 500; count++) log.add(`${count}`)
    await until('500 messages are read', () => reader.messages.length >= 500)
    expect(firstCopies(reader.messages).sort()).toEqual([...log.ids].sort())
    expect(linked.lines.join()).toContain('faster than they are taken')
  })

  test('marked as repeated are those that one stream brought twice', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint)
    await using reader = startReader(linked.berty, group)
    await until('the log listens and has read the history', () => reader.histories === 1 && log.listeners === 1)
    log.add('one')
    log.repeatNewest()
    await until('both messages are read', () => reader.messages.length === 2)
    expect(reader.messages.map(({ isRepeat }) => isRepeat)).toEqual([false, true])
  })

  test('may be larger than what Berty takes, and may be junk', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint)
    await using reader = startReader(linked.berty, group)
    const headers = { counter: '18446744073709551615', device_pk: Buffer.alloc(32, 3) }
    log.addEvent({ headers, message: Buffer.alloc(10) })
    log.addEvent({ event_context: { id: Buffer.alloc(36, 1) } })
    log.addEvent({ event_context: { id: Buffer.alloc(36, 2) }, headers })
    log.addEvent({ event_context: { id: Buffer.alloc(36, 3) }, headers, message: Buffer.alloc(9, 255) })
    log.add('a'.repeat(5 * 1024 * 1024))
    await until('three messages are read', () => reader.messages.length === 3)
    expect(reader.messages.map(({ content }) => content.type).sort()).toEqual(['other', 'other', 'user'])
    expect(reader.messages.map(({ counter }) => counter)).toContain(18446744073709551615n)
    expect(Math.max(...reader.messages.map(({ size }) => size))).toBeGreaterThan(5 * 1024 * 1024)
  })

  test('are asked for with nothing that is empty', async () => {
    const requests: unknown[] = []
    const log = new ScriptedGroup()
    const script = { ...eraScript('E'), ...log.script }
    const list = log.script['protocol/GroupMessageList'] as (call: { request: unknown }) => void
    script['protocol/GroupMessageList'] = (call: { request: unknown }) => {
      requests.push(call.request)
      list(call)
    }
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    await using reader = startReader(linked.berty, group)
    await until('the history is read', () => reader.histories === 1)
    const group_pk = Buffer.alloc(32, 7)
    expect(requests).toEqual([
      { group_pk, since_now: true },
      { group_pk, until_now: true },
    ])
  })

  test('end with their reader, and with the account', async () => {
    const log = new ScriptedGroup()
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    const linked = await linkBerty(server.endpoint)
    const ended = (async () => {
      const messages: BertyMessage[] = []
      const options = { isKnown: () => false, signal: new AbortController().signal }
      for await (const message of linked.berty.readMessages(group, options)) messages.push(message)
      return messages.length
    })()
    await until('the log listens', () => log.listeners === 1)
    await linked[Symbol.asyncDispose]()
    expect(await ended).toBe(0)
    await until('the log listens no longer', () => log.listeners === 0)
  })
})

describe('members of a group', () => {
  const vectors = JSON.parse(readFileSync('test/vectors/berty.json', 'utf8')) as { name: string; hex: string }[]
  const bytesOf = (name: string): Buffer => Buffer.from(vectors.find((each) => each.name === name)?.hex ?? '', 'hex')

  test('and their keys are read out of the metadata', async () => {
    const log = new ScriptedGroup()
    for (const name of ['pair.initial_member', 'pair.member_device_added', 'pair.chain_key_added'])
      log.addEvent(bertyCodecs.metadataEvent.decode(bytesOf(name)))
    await using server = await startScriptedBerty({ ...eraScript('E'), ...log.script })
    await using linked = await linkBerty(server.endpoint)
    const stop = new AbortController()
    const events: MemberEvent[] = []
    for await (const event of linked.berty.readMembers(group, { signal: stop.signal }))
      if (events.push(event) === 2) stop.abort()
    expect(events.map(({ type }) => type)).toEqual(['key-shared', 'device-added'])
    expect(events).toContainEqual({
      type: 'device-added',
      member: '78f16644d23fae79b2b7d4183a9917b2dc71eee4a7a26eab3e64cf4a493a530e',
      device: 'decdf30e3405d19d4498faaf03b478108498bb9e947b2f6678fbf2ece73055dd',
    })
  })
})
