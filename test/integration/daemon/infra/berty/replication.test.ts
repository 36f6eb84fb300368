import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { publicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import { linkBerty } from '../../../../support/linked-berty.js'
import {
  bertyError,
  eraScript,
  type Message,
  type Script,
  startScriptedBerty,
} from '../../../../support/scripted-berty.js'

const group = publicKey(Buffer.alloc(32, 7))
const CALLBACK = 'berty://services-auth/?code=c&state=s'

interface TokenServer extends AsyncDisposable {
  readonly address: string
  readonly asked: string[]
}

async function startTokenServer(answer: (response: ServerResponse) => void): Promise<TokenServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Where the flow lives depends on the era. */
function flowScript(era: 'C' | 'E', requests: object[], register: () => Record<string, unknown>): Script {
  const at = era === 'E' ? 'messenger' : 'protocol'
  return {
    ...eraScript(era),
    [`${at}/AuthServiceInitFlow`]: ({ auth_url }: Message) => ({
      url: `${String(auth_url).replace('http:', 'https:')}/authorize?state=s`,
      secure_url: true,
    }),
    [`${at}/AuthServiceCompleteFlow`]: (request: Message) => {
      if (!('callback_url' in request)) throw bertyError('ErrServicesAuthWrongState(#4002)')
      requests.push(request)
      return { token_id: 't1' }
    },
    'messenger/ReplicationServiceRegisterGroup': (request: Message) => {
      requests.push(request)
      return register()
    },
  }
}

const redirecting = (response: ServerResponse): void => {
  response.writeHead(200, { 'x-auth-redirect': CALLBACK }).end('<html></html>')
}

describe('replication', () => {
  test.each(['C', 'E'] as const)('is authorised and registered for the group (era %s)', async (era) => {
    const requests: object[] = []
    await using tokens = await startTokenServer(redirecting)
    await using server = await startScriptedBerty(flowScript(era, requests, () => ({})))
    await using linked = await linkBerty(server.endpoint)
    expect(await linked.berty.addReplication(group, tokens.address)).toBe('t1')
    expect(tokens.asked).toEqual(['/authorize?state=s'])
    expect(requests).toEqual([
      { callback_url: CALLBACK },
      { token_id: 't1', conversation_public_key: Buffer.alloc(32, 7).toString('base64url') },
    ])
  })

  test("is refused in Berty's own words where it cannot be registered", async () => {
    const text = 'ErrServiceReplicationServer(#4101): passthrough: received empty target in Build()'
    await using tokens = await startTokenServer(redirecting)
    const script = flowScript('E', [], () => {
      throw bertyError(text)
    })
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    await expect(linked.berty.addReplication(group, tokens.address)).rejects.toMatchObject({
      kind: 'wrong-state',
      message: expect.stringContaining(text) as string,
    })
  })

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['sends elsewhere', (response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end(), 'answers 302'],
    ['wants a click', (response) => response.writeHead(200).end('<form></form>'), 'no way on'],
    ['answers without end', (response) => void response.writeHead(200).end('a'.repeat(300_000)), 'more than 262144'],
    ['hangs up', (response) => void response.destroy(), 'cannot be asked'],
    [
      'hangs up in mid-page',
      (response) => void response.writeHead(200).write('<', () => response.destroy()),
      'aborted',
    ],
    [
      'goes over to another protocol',
      (response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end(),
      'answers 101',
    ],
  ])('says what is wrong with a token server that %s', async (_, answer, reason) => {
    await using tokens = await startTokenServer(answer)
    await using server = await startScriptedBerty(flowScript('E', [], () => ({})))
    await using linked = await linkBerty(server.endpoint)
    await expect(linked.berty.addReplication(group, tokens.address)).rejects.toMatchObject({
      kind: 'upstream-failed',
      message: expect.stringContaining(reason) as string,
    })
  })

  test('asks no other host than the one that was named', async () => {
    const script = flowScript('E', [], () => ({}))
    script['messenger/AuthServiceInitFlow'] = () => ({ url: 'http://169.254.169.254/authorize' })
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    await expect(linked.berty.addReplication(group, '127.0.0.1:9092')).rejects.toThrow('elsewhere')
  })

  test('is given up at once', async () => {
    const stop = new AbortController()
    await using tokens = await startTokenServer(() => stop.abort())
    await using server = await startScriptedBerty(flowScript('E', [], () => ({})))
    await using linked = await linkBerty(server.endpoint)
    await expect(linked.berty.addReplication(group, tokens.address, stop.signal)).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })
})
