import { describe, expect, test } from 'vitest'
import { Metering, verifyMetering } from '../../../../src/daemon/metering/index.js'
import { makeXid } from '../../../../src/daemon/metering/xid.js'
import type { SnetError } from '../../../../src/shared/errors.js'

const daemon = { organization: 'o', service: 's', group: 'Zw==', registry: '0xr' }

function aMetering() {
  const added: { text: string; isMinor: boolean }[] = []
  const metering = new Metering(
    { endpoint: new URL('http://metering.example'), id: 'id', daemon, rpc: 'http://node', version: 'v1' },
    {
      add: (text, how) => added.push({ text, isMinor: how?.isMinor ?? false }),
      headersFor: (userName) => ({ 'X-username': userName }),
    },
  )
  return { metering, added, requests: () => added.map(({ text }) => metering.address(text)) }
}

const ended = (headers: Record<string, string> = {}, changes: object = {}) => ({
  method: '/s.S/m',
  metadata: { first: (name: string) => headers[name] },
  ...{ start: 1_000, ms: 12.34, code: 0, error: '', hasPayer: true },
  ...changes,
})

test('a call is told with what its client said of itself', () => {
  const { metering, requests } = aMetering()
  metering.callEnded(
    ended({
      'user-agent': 'grpc-node',
      'snet-payment-channel-id': '7',
      'snet-payment-type': 'free-call',
      'snet-free-call-user-id': 'somebody',
      'snet-client-type': 'web',
      'snet-user-info': 'info',
    }),
  )
  const [request] = requests()
  expect(request).toMatchObject({
    url: 'http://metering.example/metering/usage',
    headers: { 'X-username': 'somebody' },
  })
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    ...{ user_agent: 'grpc-node', channel_id: '7', payment_mode: 'free-call', username: 'somebody' },
    ...{ client_type: 'web', user_details: 'info', response_time: '0.0123', status: 'success' },
  })
})

test('what a client makes up is cut, and fits into a header', () => {
  const { metering, added, requests } = aMetering()
  const long = 'é\r\nX-Evil: 1'.padEnd(100_000, 'x')
  metering.callEnded(
    ended({ 'snet-free-call-user-id': long, 'snet-user-info': long, 'user-agent': long }, { error: long }),
  )
  expect(requests()[0]?.headers['X-username']).toMatch(/^\?\?\?X-Evil: 1x{244}$/)
  expect(Buffer.byteLength(added[0]?.text ?? '')).toBeLessThan(4_000)
})

test('only failures of those who do not pay may be left out', () => {
  const { metering, added } = aMetering()
  metering.callEnded(ended())
  metering.callEnded(ended({}, { code: 16, error: 'no' }))
  metering.callEnded(ended({}, { code: 16, error: 'no', hasPayer: false }))
  metering.callEnded(ended({}, { hasPayer: false }))
  metering.channelPaid({ id: 7n, nonce: 1n, authorized: 5n, value: 9n, sender: '0xa' })
  expect(added.map(({ isMinor }) => isMinor)).toEqual([false, false, true, false, false])
})

test('a payment is told to the account of its channel, in the name of its sender', () => {
  const { metering, requests } = aMetering()
  metering.channelPaid({ id: 2n ** 70n, nonce: 1n, authorized: 2n ** 64n, value: 2n ** 65n, sender: '0xa' })
  expect(requests()[0]).toMatchObject({
    url: `http://metering.example/contract-api/channel/${2n ** 70n}/balance`,
    headers: { 'X-username': '0xa', 'X-Daemonid': 'id', 'X-Token': '' },
    body: `{"OrganizationID":"o","ServiceID":"s","GroupID":"Zw==","AuthorizedAmount":${2n ** 64n},"FullAmount":${2n ** 65n},"ChannelId":${2n ** 70n},"Nonce":1}`,
  })
})

test('ids are twenty digits that sort by their time, and none comes twice', () => {
  const now = Date.UTC(2026, 10, 30)
  const ids = Array.from({ length: 1_000 }, () => makeXid(now))
  expect(new Set(ids).size).toBe(1_000)
  for (const id of ids) expect(id).toMatch(/^[0-9a-v]{19}[0g]$/)
  expect(makeXid(now + 1_000) > (ids[0] as string)).toBe(true)
})

describe('the check at the start', () => {
  const request = { method: 'GET', url: 'http://metering.example/metering/verify', headers: {} } as const
  const verdict = async (answer: { status: number; text: string } | { reason: string }) => {
    try {
      await verifyMetering(request, async () => answer)
      return 'yes'
    } catch (fault) {
      return (fault as SnetError).kind
    }
  }

  test.each([
    [{ status: 200, text: '{"data":"success"}' }, 'yes'],
    [{ status: 200, text: '{"data":"failed"}' }, 'invalid-config'],
    [{ status: 200, text: '<html>' }, 'invalid-config'],
    [{ status: 401, text: '' }, 'invalid-config'],
    [{ status: 404, text: '{"data":"success"}' }, 'invalid-config'],
    [{ status: 503, text: '{"data":"success"}' }, 'unavailable'],
    [{ status: 429, text: '' }, 'unavailable'],
    [{ reason: 'ECONNREFUSED' }, 'unavailable'],
  ])('%o: %s', async (answer, kind) => expect(await verdict(answer)).toBe(kind))

  test('a no names the keys and the cure', async () => {
    const refused = verifyMetering(request, async () => ({ status: 401, text: '' }))
    await expect(refused).rejects.toMatchObject({
      message: 'Metering authentication failed: metering_endpoint metering.example answers HTTP status 401',
      hint: expect.stringContaining('private_key_for_metering') as string,
    })
  })
})
