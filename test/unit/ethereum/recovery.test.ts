import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { openSigners } from '../../../src/daemon/chain/index.js'
import {
  addressOfKey,
  paymentMessage,
  RecoveryThreads,
  signerOf,
  signMessage,
  toAddress,
  toChainSignature,
} from '../../../src/ethereum/index.js'
import { channelId, channelNonce, cogs } from '../../../src/shared/units.js'
import { quietLog } from '../../support/quiet-log.js'
import { until } from '../../support/until.js'
import vectors from '../../vectors/signatures.json' with { type: 'json' }

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

const opened: RecoveryThreads[] = []
afterEach(async () => {
  for (const threads of opened.splice(0)) await threads[Symbol.asyncDispose]()
})

/** What a thread does in place of recovering; `batch` is what was posted. */
const onBatch = (statements: string): string =>
  `parentPort.on('message', (batch) => { ${statements} }); parentPort.postMessage('ready')`
const programOf = (code: string): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; ${code}`)}`)

function open({ count = 1, code, patienceMs }: { count?: number; code?: string; patienceMs?: number }) {
  const faults: { reason: string; againMs: number }[] = []
  const recoveredBy: string[] = []
  const threads = new RecoveryThreads(count, {
    ...{ onFault: (reason, againMs) => faults.push({ reason, againMs }), patienceMs, againMs: 1 },
    onRecovered: (by) => recoveredBy.push(by),
    entry: code === undefined ? undefined : { file: programOf(code) },
  })
  opened.push(threads)
  return { threads, faults, recoveredBy, ready: () => until('the threads are ready', () => threads.ready === count) }
}

interface Sample {
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const samples: readonly Sample[] = [0x11, 0x22, 0x33, 0x44, 0x55].map((byte) => {
  const message = Uint8Array.of(byte)
  return { message, signature: signMessage(key(byte), message) }
})
const signers = [0x11, 0x22, 0x33, 0x44, 0x55].map((byte) => addressOfKey(key(byte)))

/** Asks for all of them in one turn. */
const recover = (threads: RecoveryThreads, asked: readonly Sample[]) =>
  Promise.all(
    asked.map(
      ({ message, signature }) => threads.recover(message, signature) ?? expect.fail('no thread was there to ask'),
    ),
  )

test('threads name the signers of the vectors, each in its place', async () => {
  const { threads, ready } = open({ count: 2 })
  await ready()
  const asked = vectors.map(({ message, signature }) => ({ message: bytes(message), signature: bytes(signature) }))
  expect(await recover(threads, asked)).toEqual(asked.map(({ message, signature }) => signerOf(message, signature)))
})

/** The other signature of the same key: s is as far below the order as it was above 0. */
function highS(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32, 64)).toString('hex')}`)
  return Uint8Array.of(
    ...signature.subarray(0, 32),
    ...bytes((ORDER - s).toString(16).padStart(64, '0')),
    (signature[64] as number) ^ 7,
  )
}

const payment = fc.record({ channel: fc.bigInt({ min: 0n, max: 99n }), amount: fc.bigInt({ min: 0n, max: 9999n }) })
const byteOf = fc.integer({ min: 0, max: 255 })
/** What is done to a good signature. */
const spoiling: fc.Arbitrary<(signature: Uint8Array) => Uint8Array> = fc.oneof(
  fc.constant((signature: Uint8Array) => signature),
  fc.constant(highS),
  fc.constant((signature: Uint8Array) => signature.with(64, (signature[64] as number) - 27)),
  byteOf.map((v) => (signature: Uint8Array) => signature.with(64, v)),
  fc.tuple(fc.nat(63), byteOf).map(
    ([at, byte]) =>
      (signature: Uint8Array) =>
        signature.with(at, byte),
  ),
  fc.uint8Array({ minLength: 64, maxLength: 66 }).map((garbage) => () => garbage),
  fc.uint8Array({ minLength: 64, maxLength: 64 }).map((garbage) => () => Uint8Array.of(...garbage, 27)),
  fc.constantFrom(0, 0xff).map((byte) => () => new Uint8Array(65).fill(byte).with(64, 28)),
)

test('payments are worth the same with threads and without, whatever they are signed with', async () => {
  const { threads, ready } = open({})
  await ready()
  const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
  const checks = openSigners({ log: quietLog(), threads })
  const many = fc.array(fc.tuple(payment, fc.integer({ min: 1, max: 9 }), spoiling), { minLength: 2, maxLength: 20 })
  let foundApart = 0
  await fc.assert(
    fc.asyncProperty(many, async (drawn) => {
      const payments = drawn.map(([{ channel, amount }, byte, spoil]) => {
        const signed = { channel: channelId(channel), nonce: channelNonce(0n), amount: cogs(amount) }
        return { ...signed, signature: spoil(signMessage(key(byte), paymentMessage(mpe, signed))) }
      })
      const apart = payments.map((each) => checks.ofPaymentApart?.(mpe, each))
      for (const [i, each] of payments.entries()) {
        // Nothing is asked of a thread that has no form of a signature.
        expect(apart[i] === undefined).toBe(toChainSignature(each.signature) === undefined)
        const found = await apart[i]
        expect(found).toEqual(checks.ofPayment(mpe, each))
        if (found) foundApart++
      }
    }),
    { numRuns: 40 },
  )
  expect(foundApart).toBeGreaterThan(40)
})

/** Names as signer whoever has nothing but the size of the batch in his address. */
const TELLS_SIZE = onBatch(`
  const size = batch.length / 97
  const answer = new Uint8Array(size * 21).fill(size)
  for (let i = 0; i < size; i++) answer[i * 21] = 1
  parentPort.postMessage(answer)`)
const sizeIn = (signer: string | undefined): number => Number.parseInt(String(signer).slice(2, 4), 16)
const times = (count: number): Sample[] => Array.from({ length: count }, () => samples[0] as Sample)

test('it is told who has recovered each signature', async () => {
  const { threads, recoveredBy, ready } = open({})
  const checks = openSigners({ log: quietLog(), threads })
  const mpe = toAddress('0x5FbDB2315678afecb367f032d93F642f64180aa3')
  const signed = { channel: channelId(1n), nonce: channelNonce(0n), amount: cogs(1n) }
  const paid = { ...signed, signature: signMessage(key(1), paymentMessage(mpe, signed)) }
  expect(checks.ofPaymentApart?.(mpe, paid)).toBeUndefined()
  checks.ofPayment(mpe, paid)
  checks.ofPayment(mpe, { ...paid, signature: new Uint8Array(65).fill(9) })
  expect(recoveredBy.splice(0)).toEqual(['main'])
  await ready()
  await recover(threads, times(3))
  expect(recoveredBy.splice(0)).toEqual(['recovery', 'recovery', 'recovery'])
  await recover(threads, times(1))
  expect(recoveredBy).toEqual(['main'])
})

test('what comes in one turn is one message, shared among threads, and one alone stays here', async () => {
  const { threads, ready } = open({ code: TELLS_SIZE })
  await ready()
  expect((await recover(threads, times(7))).map(sizeIn)).toEqual([7, 7, 7, 7, 7, 7, 7])
  expect(await recover(threads, samples.slice(0, 1))).toEqual(signers.slice(0, 1))
  const two = open({ code: TELLS_SIZE, count: 2 })
  await two.ready()
  expect((await recover(two.threads, times(9))).map(sizeIn)).toEqual([5, 5, 5, 5, 5, 4, 4, 4, 4])
  // Too few for two.
  expect((await recover(two.threads, times(4))).map(sizeIn)).toEqual([4, 4, 4, 4])
})

test('what comes while a thread is at work is one message as well', async () => {
  const { threads, ready } = open({ code: TELLS_SIZE })
  await ready()
  const first = recover(threads, times(2))
  // The first two are posted now, and these come in two turns after them.
  await new Promise(setImmediate)
  const later = [recover(threads, times(1)), recover(threads, times(3))]
  expect((await first).map(sizeIn)).toEqual([2, 2])
  expect((await Promise.all(later)).flat().map(sizeIn)).toEqual([4, 4, 4, 4])
})

test('no more than 256 wait for threads', async () => {
  const { threads, ready } = open({ code: TELLS_SIZE })
  await ready()
  const { message, signature } = samples[0] as Sample
  const asked = recover(threads, times(256))
  expect(threads.recover(message, signature)).toBeUndefined()
  await asked
  expect(threads.recover(message, signature)).toBeDefined()
})

test.each([
  ['dies', 'process.exit(3)', 'it ended with code 3'],
  ['throws', 'throw new Error("out of order")', 'out of order'],
  ['answers too little', 'parentPort.postMessage(new Uint8Array(21))', 'it answered what was not asked'],
  ['answers something else', 'parentPort.postMessage({ length: 105 })', 'it answered what was not asked'],
  ['answers what is none', 'parentPort.postMessage("ready")', 'it answered what was not asked'],
])('a thread that %s in a batch costs no answer, and is started again', async (_how, statement, reason) => {
  const { threads, faults, ready } = open({ code: onBatch(statement) })
  for (const againMs of [1, 2, 4]) {
    await ready()
    const waiting = recover(threads, samples)
    await new Promise(setImmediate)
    // These wait for the batch that never ends well.
    const more = recover(threads, samples.slice(0, 3))
    expect(await waiting).toEqual(signers)
    expect(await more).toEqual(signers.slice(0, 3))
    expect(faults.at(-1)).toEqual({ reason, againMs })
  }
  expect(faults).toHaveLength(3)
})

test('a thread that says nothing is given up, and costs no answer', async () => {
  const { threads, faults, ready } = open({ code: onBatch(''), patienceMs: 700 })
  await ready()
  expect(await recover(threads, samples)).toEqual(signers)
  expect(faults.at(-1)?.reason).toBe('it did not answer in time')
})

test('a signature of another size is asked of no thread', async () => {
  const { threads, ready } = open({ code: TELLS_SIZE })
  await ready()
  for (const size of [0, 64, 66]) expect(threads.recover(new Uint8Array(), new Uint8Array(size))).toBeUndefined()
})

test.each([
  ['cannot start', 'throw new Error("no binding")', 'no binding'],
  ['never gets ready', 'setInterval(() => undefined, 1_000)', 'it did not answer in time'],
])('a thread that %s is not asked, and tried again ever more rarely', async (_how, code, reason) => {
  const { threads, faults } = open({ code, patienceMs: 100 })
  await until('it was tried three times', () => faults.length >= 3)
  expect(faults.slice(0, 3).map(({ againMs }) => againMs)).toEqual([1, 2, 4])
  // A loaded host may be slower than the patience.
  expect([reason, 'it did not answer in time']).toContain(faults[0]?.reason)
  const [{ message, signature }] = samples as [Sample]
  expect(threads.recover(message, signature)).toBeUndefined()
})

test('closing ends the threads, and what they were at is answered all the same', async () => {
  const { threads, faults, ready } = open({ code: onBatch('') })
  await ready()
  const posted = recover(threads, samples)
  await new Promise(setImmediate)
  const waiting = recover(threads, samples)
  await threads[Symbol.asyncDispose]()
  expect([...(await posted), ...(await waiting)]).toEqual([...signers, ...signers])
  expect(threads.ready).toBe(0)
  expect(faults).toEqual([])
  const [{ message, signature }] = samples as [Sample]
  expect(threads.recover(message, signature)).toBeUndefined()
})
