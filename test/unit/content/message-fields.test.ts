import { expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'

const proto = (text: string) => parseDescriptors(new Map([['a.proto', `syntax = "proto3"; package p;\n${text}`]]))

test('the fields of a message are told as a proto file writes them, with the messages within it once each', () => {
  const { methods } = proto(`
    service S { rpc m(Ask) returns (Empty); }
    message Ask {
      repeated string words = 1;
      map<string, Item> items = 2;
      Mode mode = 3;
      oneof place { string url = 4; bytes data = 5; }
      Item item = 6;
      Ask again = 7;
    }
    message Item { int64 count = 1; }
    message Empty {}
    enum Mode { FAST = 0; SLOW = 1; }
  `)
  const own = (name: string, type: string) => ({ name, type, oneof: null })
  expect(methods.get('/p.S/m')?.shapes()).toEqual({
    request: [
      {
        name: 'p.Ask',
        fields: [
          own('words', 'repeated string'),
          own('items', 'map<string, p.Item>'),
          own('mode', 'FAST | SLOW'),
          { name: 'url', type: 'string', oneof: 'place' },
          { name: 'data', type: 'bytes', oneof: 'place' },
          own('item', 'p.Item'),
          own('again', 'p.Ask'),
        ],
      },
      { name: 'p.Item', fields: [own('count', 'int64')] },
    ],
    response: [{ name: 'p.Empty', fields: [] }],
  })
})

test('of a message that is made of very many there is an end', () => {
  const many = Array.from({ length: 80 }, (_none, n) => `message M${n} { M${n + 1} next = 1; }`).join('\n')
  const { methods } = proto(`service S { rpc m(M0) returns (M80); }\n${many}\nmessage M80 {}`)
  expect(methods.get('/p.S/m')?.shapes().request).toHaveLength(50)
})
