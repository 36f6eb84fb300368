import { expect, test } from 'vitest'
import { nativeCurve, wasmCurve } from '../../../src/ethereum/curve.js'
import {
  addressOfKey,
  channelStateMessage,
  configurationMessage,
  configurationUpdateMessage,
  freeCallMessage,
  freeCallTokenMessage,
  freeCallUseMessage,
  keccak256,
  listInProgressMessage,
  listUnclaimedMessage,
  messageDigest,
  meteringMessage,
  paymentMessage,
  selfTestSignatures,
  signerOf,
  signMessage,
  startClaimMessage,
  startClaimsMessage,
  toAddress,
  toChainSignature,
  tokenRequestMessage,
  trainingMessage,
} from '../../../src/ethereum/index.js'
import { channelId, channelNonce, cogs } from '../../../src/shared/units.js'
import vectors from '../../vectors/signatures.json' with { type: 'json' }

const key = (byte: number) => new Uint8Array(32).fill(byte)
const keys: Record<string, Uint8Array> = { A: key(0x11), B: key(0x22), C: key(0x33), D: key(0x44), E: key(0x55) }
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Buffer.from(text, 'hex')

const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
const payment = { channel: channelId(7n), nonce: channelNonce(3n), amount: cogs(1000n) }
const block = 1234567n
const group = 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s='
const names = { organization: 'ExampleOrg', service: 'ExampleSvc', group }
const A = addressOfKey(key(0x11))
const B = addressOfKey(key(0x22))
const paymentSignature = signMessage(key(0x11), paymentMessage(mpe, payment))
const token = bytes(
  '994453fce87950c6d2155c3627674aafcbc10d834d7d883cdaeaa2de9a8dfc647b77346100d9830c59bce12b3514643fd0bfa625e3b452ca58f72689ac051caa015f31343037333637',
)
const daemonId = '5547928ecaedee03dbb0161881a18fece19bb963f15932ecfba51ede1014f735'

/** Built by our functions, in the order of the vectors file. */
const built: Uint8Array[] = [
  paymentMessage(mpe, payment),
  channelStateMessage(mpe, payment.channel, block),
  listUnclaimedMessage(mpe, block),
  listInProgressMessage(mpe, block),
  startClaimMessage(mpe, payment),
  startClaimsMessage(mpe, [9n, 2n, 7n].map(channelId), block),
  tokenRequestMessage(paymentSignature, block),
  freeCallMessage({ address: A, userId: '', ...names }, block),
  freeCallTokenMessage({ organization: 'ExampleOrg', groupName: 'default_group', user: A, userId: '' }, 1407367n),
  freeCallUseMessage({ address: A, userId: '', ...names }, block, token),
  freeCallMessage({ address: B, userId: 'user@example.com', ...names }, block),
  trainingMessage('create_model', A, block),
  trainingMessage('unified', A, block),
  configurationMessage('GetConfiguration', block),
  configurationMessage('StopProcessingRequests', block),
  meteringMessage({ userName: '', ...names }, block),
  meteringMessage({ userName: daemonId, ...names }, block),
  // The keys are signed in one order, whatever order they come in.
  configurationUpdateMessage(
    {
      daemonId,
      updated: { rate_limit_per_minute: '120', 'log.level': 'debug', alerts_email: 'söme@example.com' },
    },
    block,
  ),
]

test('every layout has a vector', () => {
  expect(vectors).toHaveLength(built.length)
})

for (const [i, vector] of vectors.entries()) {
  test(`${vector.layout} ${vector.about}: message, digest and signature equal the vector`, () => {
    const message = built[i] as Uint8Array
    const signingKey = keys[vector.signer] as Uint8Array
    expect(hex(message)).toBe(vector.message)
    expect(hex(keccak256(message))).toBe(vector.inner)
    expect(hex(messageDigest(message))).toBe(vector.digest)
    expect(hex(signMessage(signingKey, message)).slice(0, 128)).toBe(vector.signature.slice(0, 128))
    expect(signerOf(message, bytes(vector.signature))).toBe(addressOfKey(signingKey))
  })
}

test('the native and the wasm library agree on every vector', async () => {
  const curves = [nativeCurve(), await wasmCurve()]
  for (const vector of vectors) {
    const signers = curves.map((curve) => signerOf(bytes(vector.message), bytes(vector.signature), curve))
    expect(signers[0]).toBe(addressOfKey(keys[vector.signer] as Uint8Array))
    expect(signers[1]).toBe(signers[0])
  }
})

test('the self-test passes on both libraries and refuses one that answers wrongly', async () => {
  const wasm = await wasmCurve()
  for (const curve of [nativeCurve(), wasm]) expect(() => selfTestSignatures(curve)).not.toThrow()
  const lying = { ...wasm, recover: () => wasm.publicKey(key(0x22)) }
  expect(() => selfTestSignatures(lying)).toThrow('computes wrong signers')
})

const signed = (v: number) => Buffer.concat([paymentSignature.subarray(0, 64), Uint8Array.of(v)])

test('a recovery byte counts from 0 or from 27, and is kept as counted from 27', () => {
  const v = paymentSignature[64] as number
  for (const same of [v, v - 27]) {
    expect(signerOf(paymentMessage(mpe, payment), signed(same))).toBe(A)
    expect(hex(toChainSignature(signed(same)) ?? expect.fail('refused'))).toBe(hex(paymentSignature))
  }
})

test('no other recovery byte has a signer: the chain knows none of them', () => {
  const others = Array.from({ length: 256 }, (_, v) => v).filter((v) => ![0, 1, 27, 28].includes(v))
  for (const v of others) {
    expect(signerOf(paymentMessage(mpe, payment), signed(v))).toBeUndefined()
    expect(toChainSignature(signed(v))).toBeUndefined()
  }
})

test.each([
  ['is too short', paymentSignature.subarray(0, 64)],
  ['is too long', Buffer.concat([paymentSignature, Uint8Array.of(0)])],
  ['is empty', new Uint8Array()],
  ['is all zero', new Uint8Array(65)],
  ['is all ones', new Uint8Array(65).fill(0xff)],
])('a signature that %s has no signer', (_name, signature) => {
  expect(signerOf(paymentMessage(mpe, payment), signature)).toBeUndefined()
})

test('the high-s twin of a signature recovers to the same signer', () => {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const s = BigInt(`0x${hex(paymentSignature.subarray(32, 64))}`)
  const twin = Buffer.concat([
    paymentSignature.subarray(0, 32),
    bytes((order - s).toString(16).padStart(64, '0')),
    Uint8Array.of((paymentSignature[64] as number) ^ 7),
  ])
  expect(signerOf(paymentMessage(mpe, payment), twin)).toBe(A)
})

test('addresses are spelled by EIP-55, whatever came in', () => {
  for (const text of [A, A.toLowerCase(), `0x${A.slice(2).toUpperCase()}`]) expect(toAddress(text)).toBe(A)
  for (const text of ['', '0x12', A.slice(2), `${A}00`, `0x${'g'.repeat(40)}`])
    expect(() => toAddress(text)).toThrow('not an Ethereum address')
})
