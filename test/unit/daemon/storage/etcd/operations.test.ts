import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { found, readTransactionAnswer, revisionOf } from '../../../../../src/daemon/storage/etcd/answers.js'
import {
  encodeTransaction,
  get,
  hasValue,
  isStill,
  nested,
  NEVER,
  put,
  remove,
} from '../../../../../src/daemon/storage/etcd/operations.js'

/** What another program makes of the bytes, by etcd's own description of them. */
const library = dirname(createRequire(import.meta.url).resolve('etcd3/package.json'))
const kv = loadSync(join(library, 'proto/rpc.proto'), { keepCase: true, longs: String, enums: String, oneofs: true })[
  'etcdserverpb.KV'
] as ServiceDefinition
const { requestDeserialize, responseSerialize } = kv['Txn'] as MethodDefinition<object, object>

const text = fc.string({ unit: 'grapheme', maxLength: 200 })
const value = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes))
const number = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String)

describe('a transaction', () => {
  test('is read by others as it was meant', () => {
    fc.assert(
      fc.property(text, value, number, number, (key, bytes, revision, lease) => {
        const transaction = {
          compare: [isStill(key, revision), hasValue(key, 'unlocked'), isStill(key, NEVER)],
          success: [put(key, bytes, lease), put(key, bytes), nested({ compare: [isStill(key, revision)] })],
          failure: [get(key), remove(key)],
        }
        const keyBytes = Buffer.from(key)
        const [byRevision, byValue, never] = [
          { target: 'Mod', target_union: 'mod_revision', mod_revision: revision },
          { target: 'Value', target_union: 'value', value: Buffer.from('unlocked') },
          { target: 'Mod', target_union: 'mod_revision', mod_revision: '0' },
        ].map((each) => ({ ...each, key: keyBytes }))
        expect(requestDeserialize(encodeTransaction(transaction))).toEqual({
          compare: [byRevision, byValue, never],
          success: [
            { request: 'request_put', request_put: { key: keyBytes, value: bytes, lease } },
            { request: 'request_put', request_put: { key: keyBytes, value: bytes } },
            { request: 'request_txn', request_txn: { compare: [byRevision] } },
          ],
          failure: [
            { request: 'request_range', request_range: { key: keyBytes } },
            { request: 'request_delete_range', request_delete_range: { key: keyBytes } },
          ],
        })
      }),
    )
  })
})

describe('an answer', () => {
  const header = { cluster_id: String(2n ** 64n - 3n), member_id: '5', revision: '77', raft_term: '9' }

  test('is read as others have written it', () => {
    fc.assert(
      fc.property(value, number, number, fc.boolean(), (bytes, revision, lease, succeeded) => {
        const kvs = [{ key: bytes, create_revision: '3', mod_revision: revision, version: '4', value: bytes, lease }]
        const responses = [
          { response_put: { header } },
          { response_range: { header, kvs, more: false, count: '1' } },
          { response_range: { header, kvs: [], count: '0' } },
          { response_delete_range: { header, deleted: '1' } },
        ]
        const answer = readTransactionAnswer(
          responseSerialize({ header, succeeded, responses: [...responses, { response_txn: { header, responses } }] }),
        )
        expect(answer).toMatchObject({ cluster: header.cluster_id, revision: '77', succeeded })
        const expected = [undefined, { value: bytes, revision, lease }, undefined, undefined]
        expect(answer.answers.slice(0, 4).map(found)).toEqual(expected)
        expect(answer.answers[4]?.nested?.answers.map(found)).toEqual(expected)
      }),
    )
  })

  test('to a key without a lease or a value says so', () => {
    const kvs = [{ key: Buffer.from('a'), mod_revision: '8' }]
    const answer = readTransactionAnswer(responseSerialize({ header, responses: [{ response_range: { kvs } }] }))
    expect(found(answer.answers[0])).toEqual({ value: Buffer.alloc(0), revision: '8', lease: '0' })
    expect(revisionOf(found(answer.answers[1]))).toBe(NEVER)
  })

  test('keeps nothing of the message that it came in', () => {
    const kvs = [{ key: Buffer.from('a'), value: Buffer.from('kept') }]
    const bytes = responseSerialize({ responses: [{ response_range: { kvs } }] })
    const answer = readTransactionAnswer(bytes)
    bytes.fill(0)
    expect(Buffer.from(found(answer.answers[0])?.value ?? []).toString()).toBe('kept')
  })

  test('that is cut off or is none is an error, or less is read of it, and nothing else', () => {
    const kvs = [{ key: Buffer.from('a'), mod_revision: '8', value: Buffer.alloc(40, 1) }]
    const whole = responseSerialize({ header, succeeded: true, responses: [{ response_range: { kvs } }] })
    for (let length = 0; length < whole.length; length++)
      try {
        expect(readTransactionAnswer(whole.subarray(0, length)).answers.map(found)).toEqual([])
      } catch (fault) {
        expect((fault as Error).message).toMatch(/is cut off/)
      }
    const noise = (bytes: Uint8Array): boolean => {
      try {
        return readTransactionAnswer(Buffer.from(bytes)).answers.length <= bytes.length
      } catch (fault) {
        return fault instanceof Error && !(fault instanceof RangeError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), noise), { numRuns: 2_000 })
    expect(() => readTransactionAnswer(Buffer.from([0x10, ...Buffer.alloc(11, 0xff)]))).toThrow('64 bits')
  })
})
