import { describe, expect, test } from 'vitest'
import { MessageReader, MessageWriter } from '../../../../../src/daemon/storage/etcd/protobuf.js'

/** What a new writer has room for, before it takes more. */
const FIRST_ROOM = 64 * 1024

const KINDS = [
  {
    kind: 'bytes',
    write: (writer: MessageWriter) => writer.bytes(2, Buffer.from('0123456789')),
    read: (reader: MessageReader) => reader.bytes().toString(),
    value: '0123456789',
  },
  {
    kind: 'text',
    write: (writer: MessageWriter) => writer.text(2, '0123456789'),
    read: (reader: MessageReader) => reader.bytes().toString(),
    value: '0123456789',
  },
  {
    kind: 'a number',
    write: (writer: MessageWriter) => writer.number(2, 2 ** 40),
    read: (reader: MessageReader) => reader.number(),
    value: String(2 ** 40),
  },
  {
    kind: 'a number of 64 bits',
    write: (writer: MessageWriter) => writer.number(2, '9223372036854775807'),
    read: (reader: MessageReader) => reader.number(),
    value: '9223372036854775807',
  },
]

describe('a message that outgrows the room of its writer', () => {
  test.each(KINDS)('with $kind', ({ write, read, value }) => {
    // So much room is left when it is written, and then none.
    for (let left = 0; left <= 16; left++) {
      const writer = new MessageWriter()
      const filling = Buffer.alloc(FIRST_ROOM - left - 4, 'x')
      writer.bytes(1, filling)
      expect(writer.length).toBe(FIRST_ROOM - left)
      write(writer)

      const reader = new MessageReader(writer.copy())
      expect(reader.next()).toBe(2)
      expect(read(reader)).toBe(value)
      expect(reader.next()).toBe(1)
      expect(reader.bytes().equals(filling)).toBe(true)
      expect(reader.next()).toBe(0)
    }
  })
})
