import { readFileSync } from 'node:fs'
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cidOfText, textOfCid } from '../../../../../src/daemon/infra/berty/cids.js'
import { readEventId, readMemberEvent, readMessage } from '../../../../../src/daemon/infra/berty/codec.js'
import { detailCodes } from '../../../../../src/daemon/infra/berty/error-details.js'
import { fromBerty } from '../../../../../src/daemon/infra/berty/errors.js'
import { cid } from '../../../../../src/daemon/infra/contract/keys.js'

interface Vector {
  name: string
  hex: string
  decoded: {
    event_context: { id: string; id_text: string }
    headers: { counter: string | number; device_pk: string }
    message: { body?: string; sent_date?: string }
    event: Record<string, string>
  }
}
const vectors = JSON.parse(readFileSync('test/vectors/berty.json', 'utf8')) as Vector[] | { vectors: Vector[] }
const all = Array.isArray(vectors) ? vectors : vectors.vectors
function vector(name: string): Vector {
  const found = all.find((each) => each.name === name)
  if (!found) throw new Error(`no vector ${name}`)
  return found
}

const bytesOf = (name: string): Buffer => Buffer.from(vector(name).hex, 'hex')

describe('captured messages', () => {
  test.each(['message.hi', 'message.hi.A', 'message.hi.C', 'pair.message'])('%s is read', (name) => {
    const { decoded } = vector(name)
    const message = readMessage(bytesOf(name))
    expect(readEventId(bytesOf(name))).toBe(decoded.event_context.id)
    expect(message).toMatchObject({
      device: decoded.headers.device_pk,
      counter: BigInt(decoded.headers.counter),
      content: {
        type: 'user',
        body: decoded.message.body,
        sentDateMs: Number(decoded.message.sent_date),
        mediaCids: [],
      },
    })
  })

  test('an acknowledgement names what it acknowledges', () => {
    const target = vector('pair.message').decoded.event_context.id
    expect(readMessage(bytesOf('pair.acknowledge'))?.content).toEqual({ type: 'acknowledge', target })
  })

  test('the id of an event is the text that Interact answers', () => {
    const { id, id_text } = vector('pair.message').decoded.event_context
    expect(cidOfText(id_text)).toBe(id)
    expect(textOfCid(cid(Buffer.from(id, 'hex')))).toBe(id_text)
  })

  test('an event without a message, or with bytes that are none, is another kind', () => {
    const bytes = bytesOf('message.hi')
    const app = bytesOf('message.hi.app')
    const event = bytes.subarray(0, bytes.indexOf(app) - 2)
    const junk = Buffer.concat([event, Buffer.from('1a03ffffff', 'hex')])
    expect(readMessage(event)?.content).toEqual({ type: 'other' })
    expect(readMessage(junk)).toMatchObject({ content: { type: 'other' }, size: 3 })
  })

  test('nothing that a sender can put in makes the reader throw', () => {
    const good = bytesOf('message.hi')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 5 }), (changes) => {
        const bytes = Buffer.from(good)
        for (const [at, value] of changes) bytes[at] = value
        readMessage(bytes)
        readMemberEvent(bytes)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('captured metadata', () => {
  test('a device of a member', () => {
    const { member_pk, device_pk } = vector('pair.member_device_added').decoded.event
    const event = readMemberEvent(bytesOf('pair.member_device_added'))
    expect(event).toEqual({ type: 'device-added', member: member_pk, device: device_pk })
  })

  test('a key shared with a member', () => {
    const { dest_member_pk, device_pk } = vector('pair.chain_key_added').decoded.event
    const event = readMemberEvent(bytesOf('pair.chain_key_added'))
    expect(event).toEqual({ type: 'key-shared', withMember: dest_member_pk, device: device_pk })
  })

  test('other events of a group say nothing about members', () => {
    expect(readMemberEvent(bytesOf('pair.initial_member'))).toBeUndefined()
  })
})

describe('the text of an id', () => {
  test.each([
    ['QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n', '1220'],
    ['EiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ', '1220'],
    ['bafyreigptposkwqcdsqhv7onppn77e7f75oqxx4jjgfj4uilt6tujzhm7a', '01711220'],
  ])('the id %s is read', (text, start) => {
    expect(cidOfText(text)?.startsWith(start)).toBe(true)
  })

  test.each(['', 'b', 'bafyreig!', 'not an id at all', 'Qm0', 'b'.repeat(10_000)])('"%.20s" is no id', (text) => {
    expect(cidOfText(text)).toBeUndefined()
  })
})

describe("Berty's errors", () => {
  test.each(['error.details', 'error.details.A'])('%s has its codes, outermost first', (name) => {
    expect(detailCodes(bytesOf(name))).toEqual([666, 100])
  })

  test('details that are none have no codes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(Array.isArray(detailCodes(bytes))).toBe(true)
      }),
    )
  })

  const wrapped = 'rpc error: code = Unavailable desc = '
  test.each([
    ['ErrGroupMemberUnknownGroupID(#1302): ErrGroupUnknown(#1310)', 'wrong-state'],
    ['ErrGroupMemberUnknownGroupID(#1302): ErrInternal(#888): unknown group or not activated yet', 'wrong-state'],
    [`ErrProtocolSend(#2302): ${wrapped}ErrGroupMissing(#1306): x`, 'wrong-state'],
    ['ErrOrbitDBAppend(#1002): ErrInvalidInput(#100): already present in group', 'already-exists'],
    [
      `TODO(#666): ${wrapped}ErrOrbitDBAppend(#1002): ErrInvalidInput(#100): already present in group`,
      'already-exists',
    ],
    ['ErrNotFound(#404)', 'not-found'],
    ['TODO(#666): ErrInvalidInput(#100): unknown group specified', 'invalid-request'],
    ['ErrInvalidRange(#101)', 'invalid-request'],
    ['ErrDBRead(#109): nothing of ours', 'upstream-failed'],
    ['No connection established. Last error: connect ECONNREFUSED', 'unavailable'],
    ['Connection dropped', 'unavailable'],
  ])('%s under UNAVAILABLE is %s', (details, kind) => {
    expect(fromBerty('Berty', serviceError(status.UNAVAILABLE, details)).kind).toBe(kind)
  })

  test('the details count where the text says nothing', () => {
    const metadata = new Metadata()
    metadata.set('grpc-status-details-bin', bytesOf('error.details'))
    expect(fromBerty('Berty', serviceError(status.UNAVAILABLE, 'odd', metadata))).toMatchObject({
      kind: 'invalid-request',
      codes: [666, 100],
    })
  })

  test.each([
    [status.UNKNOWN, 'panic recover: runtime error', 'upstream-failed'],
    [status.UNIMPLEMENTED, 'unknown method', 'wrong-state'],
    [status.DEADLINE_EXCEEDED, 'Deadline exceeded', 'timed-out'],
    [status.INTERNAL, 'Received RST_STREAM with code 0', 'unavailable'],
    [status.RESOURCE_EXHAUSTED, 'grpc: received message larger than max', 'upstream-failed'],
  ])('status %i "%s" is %s', (code, details, kind) => {
    expect(fromBerty('Berty', serviceError(code, details)).kind).toBe(kind)
  })
})

const serviceError = (code: status, details: string, metadata = new Metadata()): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata })
