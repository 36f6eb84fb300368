import { describe, expect, test } from 'vitest'
import { checkTextSize } from '../../../../../src/daemon/infra/berty/index.js'
import { textOfCid } from '../../../../../src/daemon/infra/berty/cids.js'
import { cid, publicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import { linkBerty } from '../../../../support/linked-berty.js'
import {
  bertyError,
  eraScript,
  type Message,
  never,
  type Script,
  startScriptedBerty,
} from '../../../../support/scripted-berty.js'
import { until } from '../../../../support/until.js'

const group = publicKey(Buffer.alloc(32, 7))
const id = cid(Buffer.concat([Buffer.from('01711220', 'hex'), Buffer.alloc(32, 9)]))
const options = { timeoutMs: 20_000 }

const withInteract = (interact: Script[string]): Script => ({ ...eraScript('E'), 'messenger/Interact': interact })

describe('a text', () => {
  test('is sent to the group by its key, with nothing that is empty', async () => {
    const requests: unknown[] = []
    const script = withInteract((request: Message) => {
      requests.push(request)
      return { cid: textOfCid(id) }
    })
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    expect(await linked.berty.sendText(group, 'hello', options)).toEqual({ outcome: 'sent', cid: id })
    expect(requests).toEqual([
      {
        type: 1,
        payload: Buffer.from('0a0568656c6c6f', 'hex'),
        conversation_public_key: Buffer.alloc(32, 7).toString('base64url'),
      },
    ])
  })

  test.each([
    ['Berty refuses', bertyError('ErrProtocolSend(#2302): ErrGroupMissing(#1306): x'), 'ErrGroupMissing'],
    ['Berty panics', bertyError('panic recover: x', 2), 'panic recover'],
  ])('has an error when %s', async (_, error, reason) => {
    const script = withInteract(() => {
      throw error
    })
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    const sent = await linked.berty.sendText(group, 'hello', options)
    expect(sent).toEqual({ outcome: 'error', reason: expect.stringContaining(reason) as string })
  })

  test.each(['', 'no id'])('has an error when the cid is "%s"', async (text) => {
    await using server = await startScriptedBerty(withInteract(() => ({ cid: text })))
    await using linked = await linkBerty(server.endpoint)
    expect(await linked.berty.sendText(group, 'hello', options)).toMatchObject({ outcome: 'error' })
  })

  test('is unknown when no answer came in time', async () => {
    await using server = await startScriptedBerty(withInteract(never))
    await using linked = await linkBerty(server.endpoint)
    expect(await linked.berty.sendText(group, 'hello', { timeoutMs: 50 })).toMatchObject({ outcome: 'unknown' })
  })

  test('is unknown when it is cancelled under way, and an error when it was before', async () => {
    await using server = await startScriptedBerty(withInteract(never))
    await using linked = await linkBerty(server.endpoint)
    const stop = new AbortController()
    const sending = linked.berty.sendText(group, 'hello', { ...options, signal: stop.signal })
    await until('Berty is asked to send', () => server.calls.includes('messenger/Interact'))
    stop.abort()
    expect(await sending).toMatchObject({ outcome: 'unknown' })
    expect(await linked.berty.sendText(group, 'hello', { ...options, signal: stop.signal })).toMatchObject({
      outcome: 'error',
    })
  })

  test('is unknown when the connection breaks off under it, and an error when there was none', async () => {
    await using server = await startScriptedBerty(withInteract(never))
    await using linked = await linkBerty(server.endpoint)
    const sending = linked.berty.sendText(group, 'hello', options)
    await until('Berty is asked to send', () => server.calls.includes('messenger/Interact'))
    await server[Symbol.asyncDispose]()
    expect(await sending).toMatchObject({ outcome: 'unknown' })
    await until('the link is lost', () => linked.link.state.state === 'lost')
    expect(await linked.berty.sendText(group, 'hello', options)).toMatchObject({ outcome: 'error' })
  })

  test('that would block the group is refused before it is sent', async () => {
    await using server = await startScriptedBerty(withInteract(() => ({ cid: textOfCid(id) })))
    await using linked = await linkBerty(server.endpoint)
    const bodies = ['a'.repeat(3_000_001), 'ü'.repeat(1_500_001)]
    for (const body of bodies)
      expect(await linked.berty.sendText(group, body, options)).toMatchObject({
        outcome: 'error',
        reason: expect.stringContaining('at most 3000000') as string,
      })
    expect(server.calls).not.toContain('messenger/Interact')
    expect(await linked.berty.sendText(group, 'a'.repeat(3_000_000), options)).toMatchObject({ outcome: 'sent' })
  })

  test('above the size that arrives by itself earns a warning', () => {
    expect(checkTextSize(580_000)).toEqual({})
    expect(checkTextSize(580_001).warning).toContain('580000')
    expect(checkTextSize(3_000_000).problem).toBeUndefined()
    expect(checkTextSize(3_000_001).problem).toContain('3000000')
  })
})

describe('a medium', () => {
  const medium = { bytes: Buffer.alloc(150_000, 5), mimeType: 'image/png', filename: 'a.png', displayName: 'noise' }
  const mediaCid = 'EiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ'

  test('is stored first, what it is before its blocks, and then sent', async () => {
    const uploads: { block?: Buffer; info?: object }[][] = []
    const messages: unknown[] = []
    const script = eraScript('A')
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    script['messenger/MediaPrepare'] = (requests: (typeof uploads)[number]) => {
      uploads.push(requests)
      return { cid: mediaCid }
    }
    await using sender = await startScriptedBerty({
      ...script,
      'messenger/Interact': (request: Message) => {
        messages.push(request)
        return { cid: textOfCid(id) }
      },
    })
    await using other = await linkBerty(sender.endpoint)
    expect(linked.berty.details.hasMedia).toBe(true)
    expect(await other.berty.sendMedia(group, medium, options)).toEqual({ outcome: 'sent', cid: id })
    const [first, ...blocks] = uploads.at(-1) ?? []
    expect(first).toEqual({ info: { mime_type: 'image/png', filename: 'a.png', display_name: 'noise' } })
    expect(Buffer.concat(blocks.map(({ block }) => block ?? Buffer.alloc(0)))).toEqual(medium.bytes)
    expect(blocks.every(({ info }) => info === undefined)).toBe(true)
    expect(messages).toEqual([
      { type: 1, conversation_public_key: Buffer.alloc(32, 7).toString('base64url'), media_cids: [mediaCid] },
    ])
  })

  test('is refused clearly where Berty has no media', async () => {
    await using server = await startScriptedBerty(eraScript('E'))
    await using linked = await linkBerty(server.endpoint)
    await expect(linked.berty.sendMedia(group, medium, options)).rejects.toMatchObject({
      kind: 'wrong-state',
      message: expect.stringContaining('has no media') as string,
    })
  })
})
