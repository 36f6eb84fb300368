import { verifyMessage, keccak256 } from 'ethers'
import { describe, expect, test } from 'vitest'
import { signedHeaders } from '../../../src/daemon/compose-reports.js'
import {
  alertBody,
  alertPost,
  balancePath,
  channelBody,
  daemonId,
  isVerified,
  meteringPost,
  type ReportedCall,
  USAGE_PATH,
  usageBody,
  verifyRequest,
} from '../../../src/shared/wire/index.js'

const daemon = {
  organization: 'ExampleOrg',
  service: 'ExampleSvc',
  group: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=',
  registry: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
}
const ID = '5547928ecaedee03dbb0161881a18fece19bb963f15932ecfba51ede1014f735'
const KEY = '44'.repeat(32)
const SIGNER = '0x7564105E977516C53bE337314c7E53838967bDaC'
const BLOCK = 1_234_567n

const call: ReportedCall = {
  ...{ requestId: 'd0l8v5c9q4s6b2m1k3n0', method: '/example_service.Calculator/add' },
  ...{ start: Date.UTC(2026, 10, 30, 1, 2, 3, 40), end: Date.UTC(2026, 10, 30, 1, 2, 4), seconds: 0.96 },
  ...{ code: 0, error: '', userAgent: 'grpc-node', channel: '7', user: '', paymentType: 'escrow' },
  ...{ clientType: 'web', userDetails: 'somebody' },
}

/** The message S14, made of the headers alone as whoever receives them does. */
function signerOf(headers: Readonly<Record<string, string>>): string {
  const of = (name: string): string => headers[name] ?? ''
  const text = `_usage${of('X-username')}${of('X-Organizationid')}${of('X-Serviceid')}${of('X-Groupid')}`
  const block = Buffer.from(BigInt(of('X-Currentblocknumber')).toString(16).padStart(64, '0'), 'hex')
  const hash = keccak256(Buffer.concat([Buffer.from(text), block]))
  const signature = Buffer.from(of('X-Signature'), 'base64')
  expect(signature.length).toBe(65)
  expect(signature[64]).toBeLessThan(2)
  signature[64] = (signature[64] as number) + 27
  return verifyMessage(Buffer.from(hash.slice(2), 'hex'), `0x${signature.toString('hex')}`)
}

describe('headers', () => {
  test('the id of a daemon is that of the reference', () => expect(daemonId(daemon)).toBe(ID))

  test.each(['', ID, '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'])(
    'the signature of user name "%s" is that of the key',
    (name) => expect(signerOf(signedHeaders(KEY, daemon, () => BLOCK)(name))).toBe(SIGNER),
  )

  test('are signed as the reference signs', () => {
    expect(signedHeaders(KEY, daemon, () => BLOCK)('')['X-Signature']).toBe(
      'kLM2k+1ZruKXZ4YEbvsG9vnqSO5H2JDV86tHCps++89Hwi4S4fQK2Wxjxc3s5U4X2t9GoplkQ/fFsWLr9RKFOgA=',
    )
  })

  test('an alert has neither user name nor group, in headers and signature', () => {
    const headers = signedHeaders(KEY, { ...daemon, group: '' }, () => 0n)('')
    expect(headers).toMatchObject({ 'X-username': '', 'X-Groupid': '', 'X-Currentblocknumber': '0' })
    expect(signerOf(headers)).toBe(SIGNER)
  })
})

describe('requests', () => {
  const headers = signedHeaders(KEY, daemon, () => BLOCK)('')
  const endpoint = new URL('https://metering.example/base/')

  test('the check at the start asks, and only one answer means yes', () => {
    expect(verifyRequest(endpoint, headers)).toEqual({
      method: 'GET',
      url: 'https://metering.example/base/metering/verify',
      headers: { ...headers, 'x-authtype': 'verification', 'Access-Control-Allow-Origin': '*' },
    })
    expect(isVerified('{"data":"success"}')).toBe(true)
    for (const other of ['', 'success', '"success"', '{"data":"failed"}', '{}', 'null'])
      expect(isVerified(other)).toBe(false)
  })

  test('posts name the daemon, and a token that nobody has', () => {
    const usage = meteringPost({ endpoint, path: USAGE_PATH, id: ID }, headers, '{}')
    expect(usage).toMatchObject({ method: 'POST', url: 'https://metering.example/base/metering/usage', body: '{}' })
    expect(usage.headers).toEqual({ ...headers, 'X-Daemonid': ID, 'X-Token': '' })
    const ofChannel = meteringPost({ endpoint, path: balancePath('7'), id: ID }, headers, '{}')
    expect(ofChannel.url).toBe('https://metering.example/base/contract-api/channel/7/balance')
    expect(alertPost({ endpoint, id: ID }, headers, '{}').url).toBe('https://metering.example/base/')
  })
})

describe('bodies', () => {
  const of = { rpc: 'https://node.example', version: 'v0.1.0' }

  test('a call has every field, and all but one is text', () => {
    expect(JSON.parse(usageBody(call, daemon, of))).toEqual({
      ...{
        type: 'response',
        operation: 'read',
        usage_type: 'apicall',
        usage_value: 1,
        time_zone: '',
        user_address: '',
      },
      ...{ registry_address_key: daemon.registry, ethereum_json_rpc_endpoint: of.rpc, version: of.version },
      ...{ organization_id: daemon.organization, service_id: daemon.service, group_id: daemon.group },
      ...{ request_id: call.requestId, service_method: call.method, user_agent: 'grpc-node', channel_id: '7' },
      ...{ request_received_time: '2026-11-30 01:02:03.04', start_time: '2026-11-30 01:02:03.04' },
      ...{ response_sent_time: '2026-11-30 01:02:04', end_time: '2026-11-30 01:02:04', response_time: '0.9600' },
      ...{ response_code: 'OK', error_message: '', status: 'success', username: '', payment_mode: 'escrow' },
      ...{ client_type: 'web', user_details: 'somebody' },
    })
  })

  test.each([
    [1, 'Canceled'],
    [8, 'ResourceExhausted'],
    [16, 'Unauthenticated'],
    [1000, 'Code(1000)'],
  ])('status %i is %s, and failed', (code, name) => {
    const body = JSON.parse(usageBody({ ...call, code, error: 'no' }, daemon, of)) as Record<string, unknown>
    expect(body).toMatchObject({ response_code: name, status: 'failed', error_message: 'no' })
  })

  test('amounts of a channel are numbers, however long', () => {
    const value = 2n ** 200n
    const told = { channel: '7', nonce: '0', authorized: '1000', value: String(value) }
    const body = channelBody(told, { ...daemon, organization: 'a "quoted" name' })
    expect(body).toContain(`"AuthorizedAmount":1000,"FullAmount":${value},"ChannelId":7,"Nonce":0}`)
    expect(JSON.parse(body)).toMatchObject({ OrganizationID: 'a "quoted" name', ServiceID: 'ExampleSvc', ChannelId: 7 })
  })

  test('an alert is an object, and not a text with one inside (defect 47)', () => {
    const trouble = { message: 'Problem', details: 'away', level: 'ERROR', at: Date.UTC(2026, 0, 2, 3, 4, 5) } as const
    expect(JSON.parse(alertBody(trouble, { id: ID, recipient: 'ops@example.org' }))).toEqual({
      component_id: ID,
      timestamp: '2026-01-02 03:04:05 +0000 UTC',
      recipient: 'ops@example.org',
      message: 'Problem',
      details: 'away',
      component: 'Daemon',
      type: '',
      level: 'ERROR',
    })
  })
})
