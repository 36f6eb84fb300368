import { expect, test } from 'vitest'
import { createRoutes, serveByRoute } from '../../../../src/daemon/gateway/routes.js'
import { createEcho } from '../../../../src/daemon/gateway/upstream/index.js'
import { createUserTable } from '../../../../src/daemon/payment-kinds.js'
import { addressOfKey, paymentMessage, signerOf, signMessage, toAddress } from '../../../../src/ethereum/index.js'
import { live } from '../../../../src/shared/live.js'
import { channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aGatewayConfig } from '../../../support/gateway-config.js'
import { MemoryTransport } from '../../../support/memory-transport.js'
import { quietLog } from '../../../support/quiet-log.js'

const user = Buffer.alloc(32, 0x11)
const stranger = Buffer.alloc(32, 0x22)
const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
const payment = { channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(1000n) }
const sign = (key: Uint8Array): Buffer => Buffer.from(signMessage(key, paymentMessage(mpe, payment)))

const headers = (changes: Record<string, string | undefined> = {}, signature: Buffer = sign(user)) => {
  const all = {
    'snet-payment-channel-id': '7',
    'snet-payment-channel-nonce': '3',
    'snet-payment-channel-amount': '1000',
    'snet-payment-mpe-address': mpe,
    'snet-payment-channel-signature-bin': signature.toString('base64'),
    ...changes,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** A gate where nobody pays, and one user may call. */
function call(metadata: Record<string, string>) {
  const { rows } = createRoutes(aGatewayConfig(), {
    payments: createUserTable({
      allowed: live([addressOfKey(user)]),
      signerOf: (proof) => signerOf(paymentMessage(toAddress(proof.mpe), proof), proof.signature),
    }),
    upstream: createEcho({ maxMessageBytes: 1_000 }),
    own: new Map(),
    methods: live({ find: () => ({ asksOnce: true, answersOnce: true }) }),
    pause: { isPaused: false },
    log: quietLog(),
  })
  return new MemoryTransport(serveByRoute(rows)).call('/a.B/c', ['hello'], { metadata })
}

test.each([
  ['an allowed user', {}],
  ['one that names the type', { 'snet-payment-type': 'escrow' }],
  ['one that spells the contract otherwise', { 'snet-payment-mpe-address': mpe.slice(2).toLowerCase() }],
])('%s is served, without any chain', async (_name, changes) => {
  expect(await call(headers(changes))).toEqual({ messages: ['hello'], code: 0, text: undefined })
})

const NOT_ALLOWED = 'internal error: you are not Authorized to call this service during curation process'
const badAddress = 'Address is not a valid Hex address "snet-payment-mpe-address": 0x12'

test.each([
  ['another user', headers({}, sign(stranger)), 13, NOT_ALLOWED],
  ['a signature of something else', headers({ 'snet-payment-channel-amount': '1001' }), 13, NOT_ALLOWED],
  ['a short signature', headers({}, Buffer.alloc(64)), 13, 'internal error: incorrect signature length'],
  ['a signature of nobody', headers({}, Buffer.alloc(65)), 13, 'internal error: incorrect signature data'],
  ['no headers', {}, 3, 'missing "snet-payment-channel-id"'],
  ['no contract', headers({ 'snet-payment-mpe-address': undefined }), 3, 'missing "snet-payment-mpe-address"'],
  ['a contract that is none', headers({ 'snet-payment-mpe-address': '0x12' }), 3, badAddress],
  ['a prepaid call', headers({ 'snet-payment-type': 'prepaid-call' }), 3, 'unexpected "snet-payment-type"'],
])('%s is refused with the code and the words of the reference', async (_name, metadata, code, text) => {
  const refused = await call(metadata)
  expect([refused.messages, refused.code]).toEqual([[], code])
  expect(decodeURIComponent(refused.text ?? '')).toContain(text)
})
