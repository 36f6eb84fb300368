import { describe, expect, test } from 'vitest'
import { openPeerLink, type PeerLinkConfig } from '../../../../../src/daemon/infra/berty/index.js'
import type { PeerLink } from '../../../../../src/daemon/infra/contract/control.js'
import { type HostPort, parseHostPort } from '../../../../../src/shared/host-port.js'
import { startCutProxy } from '../../../../support/cut-proxy.js'
import { quietLog } from '../../../../support/quiet-log.js'
import { anAccount, eraScript, never, startScriptedBerty } from '../../../../support/scripted-berty.js'
import { until } from '../../../../support/until.js'

const quick = { firstBackoffMs: 5, maxBackoffMs: 20 }

const open = (endpoint: string, config: Partial<PeerLinkConfig> = {}): PeerLink =>
  openPeerLink(
    { endpoint: parseHostPort(endpoint) as HostPort, allow: [], liveness: quick, ...config },
    { log: quietLog() },
  )

const connected = (link: PeerLink): Promise<void> =>
  until('the link is connected', () => link.state.state === 'connected')

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  await using berty = await startScriptedBerty({})
  return berty.port
}

describe('the link to a Berty', () => {
  test('is absent before it answers, and connected once it does', async () => {
    const port = await freePort()
    await using link = open(`127.0.0.1:${port}`)
    expect(link.state.state).toBe('absent')
    expect(() => link.current()).toThrow('not connected to a Berty yet')
    await using _ = await startScriptedBerty(eraScript('E'), Number(port))
    await connected(link)
    expect(link.current().details.era).toBe('E')
  })

  test('goes on with the same object when the same account comes back, as another version too', async () => {
    const keys = anAccount()
    const first = await startScriptedBerty(eraScript('C', keys))
    await using link = open(first.endpoint)
    const states: string[] = []
    link.onChange(({ state }) => states.push(state))
    await connected(link)
    const berty = link.current()
    await first[Symbol.asyncDispose]()
    await until('the link is lost', () => link.state.state === 'lost')
    expect(link.current()).toBe(berty)
    await using _ = await startScriptedBerty(eraScript('E', keys), Number(first.port))
    await connected(link)
    expect(link.current()).toBe(berty)
    expect(berty.details.era).toBe('E')
    expect(berty.closed.aborted).toBe(false)
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual(['connected', 'lost', 'connected'])
  })

  test('closes the old object when another account comes back', async () => {
    const first = await startScriptedBerty(eraScript('E'))
    await using link = open(first.endpoint)
    await connected(link)
    const berty = link.current()
    await first[Symbol.asyncDispose]()
    await until('the link is lost', () => link.state.state === 'lost')
    await using _ = await startScriptedBerty(eraScript('E'), Number(first.port))
    await connected(link)
    expect(berty.closed.aborted).toBe(true)
    expect(link.current()).not.toBe(berty)
  })

  test('is lost when it takes connections and answers nothing', async () => {
    const keys = anAccount()
    const script = eraScript('E', keys)
    const answering = script['protocol/ServiceGetConfiguration']
    await using berty = await startScriptedBerty(script)
    await using link = open(berty.endpoint, { liveness: { ...quick, everyMs: 5, timeoutMs: 200, misses: 2 } })
    await connected(link)
    script['protocol/ServiceGetConfiguration'] = never
    await until('the link is lost', () => link.state.state === 'lost')
    expect(link.state).toMatchObject({ reason: expect.stringContaining('2 times in a row') as string })
    if (answering) script['protocol/ServiceGetConfiguration'] = answering
    await connected(link)
  })

  test('takes another connection when its own has gone dead without a word', async () => {
    await using berty = await startScriptedBerty(eraScript('E'))
    await using proxy = await startCutProxy(berty.endpoint)
    await using link = open(proxy.endpoint, { liveness: { ...quick, everyMs: 5, timeoutMs: 200, misses: 1 } })
    await connected(link)
    const before = proxy.connections
    proxy.freeze()
    await until('the link is lost', () => link.state.state === 'lost')
    await connected(link)
    expect(proxy.connections).toBeGreaterThan(before)
  })

  test('sends no PING while it watches: Berty ends the connection of whoever does', async () => {
    const sent: Buffer[] = []
    await using berty = await startScriptedBerty(eraScript('E'))
    await using proxy = await startCutProxy(berty.endpoint, (chunk) => sent.push(chunk))
    await using link = open(proxy.endpoint, { liveness: { ...quick, everyMs: 50, timeoutMs: 5_000 } })
    await connected(link)
    await until('Berty is asked 40 times', () => berty.calls.length > 40)
    const types = frameTypes(Buffer.concat(sent).subarray(PREFACE_BYTES))
    expect(types).toContain(HEADERS)
    expect(types).not.toContain(PING)
  })

  test('swaps to another Berty, and not to one that does not answer', async () => {
    await using first = await startScriptedBerty(eraScript('E'))
    await using second = await startScriptedBerty(eraScript('A'))
    await using link = open(first.endpoint)
    await connected(link)
    const berty = link.current()
    await expect(link.connect({ host: '127.0.0.1', port: await freePort() })).rejects.toMatchObject({
      kind: 'unavailable',
    })
    expect(link.current()).toBe(berty)
    expect(berty.closed.aborted).toBe(false)
    await expect(link.connect({ host: '127.0.0.1', port: second.port })).resolves.toMatchObject({
      state: 'connected',
      endpoint: second.endpoint,
    })
    expect(berty.closed.aborted).toBe(true)
    expect(link.current().details.era).toBe('A')
  })

  test('is not disturbed by being told the Berty that it has', async () => {
    await using first = await startScriptedBerty(eraScript('E'))
    await using link = open(first.endpoint)
    await connected(link)
    const berty = link.current()
    const changes: string[] = []
    link.onChange(({ state }) => changes.push(state))
    const told = Array.from({ length: 5 }, () => link.connect({ host: 'localhost', port: first.port }))
    for (const state of await Promise.all(told)) expect(state.state).toBe('connected')
    expect(link.current()).toBe(berty)
    expect(berty.closed.aborted).toBe(false)
    expect(changes).toEqual([])
  })

  test('refuses addresses that nobody has allowed', async () => {
    await using link = open('127.0.0.1:1', { allow: ['10.0.0.7'] })
    for (const ask of [
      link.connect({ host: '10.0.0.8', port: '1' }),
      link.probe({ host: '10.0.0.8', port: '1' }, { tries: 1 }),
    ])
      await expect(ask).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('asks another Berty as often as it was told, and keeps its own', async () => {
    await using first = await startScriptedBerty(eraScript('E'))
    await using link = open(first.endpoint)
    await connected(link)
    const port = await freePort()
    const waiting = link.probe({ host: '127.0.0.1', port }, { tries: 1_000 })
    await using _ = await startScriptedBerty(eraScript('B'), Number(port))
    expect((await waiting).era).toBe('B')
    expect(link.current().details.era).toBe('E')
    await expect(link.probe({ host: '127.0.0.1', port: await freePort() }, { tries: -5 })).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })

  test('closes what it has opened', async () => {
    await using first = await startScriptedBerty(eraScript('E'))
    const link = open(first.endpoint)
    await connected(link)
    const berty = link.current()
    await link[Symbol.asyncDispose]()
    await link[Symbol.asyncDispose]()
    await expect(link.connect({ host: 'localhost', port: first.port })).rejects.toMatchObject({ kind: 'unavailable' })
    expect(berty.closed.aborted).toBe(true)
  })
})

const PREFACE_BYTES = 24
const HEADERS = 1
const PING = 6

/** Of HTTP/2 frames, one behind the other. */
function frameTypes(bytes: Buffer): number[] {
  const types: number[] = []
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) types.push(bytes.readUInt8(at + 3))
  return types
}
