import { describe, expect, test } from 'vitest'
import {
  bertyCodecs,
  bertyMessengerService,
  bertyProtocolService,
  type Codec,
} from '../../../src/shared/wire/grpc/index.js'
import { bertyVector } from '../../support/berty-vectors.js'

interface DecodedMessage {
  event_context: Record<string, unknown>
  headers: Record<string, unknown>
  message: Record<string, unknown>
}

interface DecodedMetadata {
  metadata: { event_type: number }
  event: Record<string, string>
}

/** The message with its bytes as hex, to lie beside the decoded form of the vectors. */
function hexed(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(hexed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hexed(each)]))
}

/** Fields that the vectors show as empty are not on the wire. */
function filled(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, each]) => each !== '' && !(Array.isArray(each) && each.length === 0))
  return Object.fromEntries(kept.map(([key, each]) => [key, filled(each)]))
}

const invites: [string, Codec<object>][] = [
  ['invite.reply', bertyCodecs.invite],
  ['invite.group', bertyCodecs.group],
]
const messages = ['message.hi', 'message.hi.A', 'message.hi.C', 'pair.message', 'pair.acknowledge']
const metadata = [
  ['pair.member_device_added', bertyCodecs.memberDeviceAdded],
  ['pair.chain_key_added', bertyCodecs.chainKeyAdded],
  ['pair.initial_member', bertyCodecs.initialMember],
] as const

describe('bytes of running Bertys', () => {
  test.each(invites)('%s decodes, and encodes to the same bytes', (name, codec) => {
    const { bytes, decoded } = bertyVector(name)
    expect(hexed(codec.decode(bytes))).toEqual(filled(decoded))
    expect(codec.encode(codec.decode(bytes)).toString('hex')).toBe(bytes.toString('hex'))
  })

  test.each(messages)('%s decodes, and encodes to the same bytes', (name) => {
    const { bytes, ...vector } = bertyVector(name)
    const decoded = vector.decoded as DecodedMessage
    const event = bertyCodecs.messageEvent.decode(bytes)
    const { id_text: _, ...context } = decoded.event_context
    expect(hexed(event.event_context)).toEqual(filled(context))
    expect(hexed(event.headers)).toEqual(decoded.headers)
    const { body, ...app } = decoded.message
    const message = bertyCodecs.appMessage.decode(event.message ?? Buffer.alloc(0))
    expect(hexed(message)).toEqual(app)
    if (message.payload) expect(bertyCodecs.userMessage.decode(message.payload)).toEqual({ body })
    expect(bertyCodecs.messageEvent.encode(event).toString('hex')).toBe(bytes.toString('hex'))
  })

  test.each(metadata)('%s decodes', (name, codec) => {
    const { bytes, ...vector } = bertyVector(name)
    const decoded = vector.decoded as DecodedMetadata
    const event = bertyCodecs.metadataEvent.decode(bytes)
    expect(event.metadata?.event_type).toBe(decoded.metadata.event_type)
    expect(hexed(codec.decode(event.event ?? Buffer.alloc(0)))).toEqual(decoded.event)
  })

  test.each(['error.details', 'error.details.A'])('%s: the codes of an error', (name) => {
    const { bytes } = bertyVector(name)
    const status = bertyCodecs.errorStatus.decode(bytes)
    const [detail] = status.details ?? []
    expect(bertyCodecs.errorDetails.decode(detail?.value ?? Buffer.alloc(0)).codes).toEqual([666, 100])
    expect(bertyCodecs.errorStatus.encode(status)).toEqual(bytes)
  })
})

describe('requests', () => {
  test('never hold empty bytes', () => {
    const { GroupMessageList } = bertyProtocolService()
    const request = { group_pk: Buffer.of(1), since_id: Buffer.alloc(0), since_now: true, until_id: undefined }
    expect(GroupMessageList?.requestSerialize(request).toString('hex')).toBe('0a01011801')
  })

  test('repeated bytes keep theirs', () => {
    const context = { parent_ids: [Buffer.alloc(0), Buffer.of(7)] }
    expect(bertyCodecs.messageEvent.encode({ event_context: context }).toString('hex')).toBe('0a051200120107')
  })
})

describe('services', () => {
  test('the protocol service has the same methods under both packages', () => {
    const now = bertyProtocolService()
    const before = bertyProtocolService('berty.protocol.v1')
    expect(now['ActivateGroup']?.path).toBe('/weshnet.protocol.v1.ProtocolService/ActivateGroup')
    expect(before['ActivateGroup']?.path).toBe('/berty.protocol.v1.ProtocolService/ActivateGroup')
    expect(Object.keys(before)).toEqual(Object.keys(now))
  })

  test('a uint64 beyond 2^53 is exact', () => {
    const { EchoTest } = bertyMessengerService()
    const request = { delay: '18446744073709551615' }
    expect(EchoTest?.requestDeserialize(EchoTest.requestSerialize(request))).toEqual(request)
  })
})
