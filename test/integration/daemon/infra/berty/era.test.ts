import { describe, expect, test } from 'vitest'
import { BertyConnection } from '../../../../../src/daemon/infra/berty/connection.js'
import { probe } from '../../../../../src/daemon/infra/berty/era.js'
import { anAccount, bertyError, eraScript, never, startScriptedBerty } from '../../../../support/scripted-berty.js'

const ERAS = ['A', 'B', 'C', 'D', 'E'] as const
const options = { timeoutMs: 20_000 }

describe('a Berty is known by what it serves', () => {
  test.each(ERAS)('era %s', async (era) => {
    const keys = anAccount()
    await using berty = await startScriptedBerty(eraScript(era, keys))
    using connection = new BertyConnection(berty.endpoint)
    const { details, protocol } = await probe(connection, options)
    expect(details).toEqual({
      account: keys.account.toString('hex'),
      device: keys.device.toString('hex'),
      peerId: 'peer',
      listeners: ['/p2p-circuit'],
      era,
      version: `version of ${era}`,
      hasMedia: era === 'A',
    })
    expect(protocol).toBe(era < 'C' ? 'berty.protocol.v1' : 'weshnet.protocol.v1')
  })

  test('the version is n/a where Berty has none to tell', async () => {
    const script = eraScript('E')
    script['messenger/SystemInfo'] = () => {
      throw bertyError('ErrInternal(#888): no')
    }
    await using berty = await startScriptedBerty(script)
    using connection = new BertyConnection(berty.endpoint)
    expect((await probe(connection, options)).details.version).toBe('n/a')
  })

  test('a server that is none is named', async () => {
    await using other = await startScriptedBerty({ 'messenger/SystemInfo': () => ({}) })
    using connection = new BertyConnection(other.endpoint)
    await expect(probe(connection, options)).rejects.toMatchObject({
      kind: 'unavailable',
      message: `${other.endpoint} answers, but not as a Berty does`,
    })
  })

  test('one that answers nothing is given up in time', async () => {
    const script = { ...eraScript('E'), 'protocol/ServiceGetConfiguration': never }
    await using berty = await startScriptedBerty(script)
    using connection = new BertyConnection(berty.endpoint)
    await expect(probe(connection, { timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timed-out' })
  })

  test('giving up is heard at once', async () => {
    const script = { ...eraScript('E'), 'protocol/ServiceGetConfiguration': never }
    await using berty = await startScriptedBerty(script)
    using connection = new BertyConnection(berty.endpoint)
    const stop = new AbortController()
    const probing = probe(connection, { ...options, signal: stop.signal })
    stop.abort()
    await expect(probing).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
