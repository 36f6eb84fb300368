import { describe, expect, test } from 'vitest'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { asLines, framed } from '../../../support/by-hand.js'
import { openHarness, paid } from './harness.js'
import { data, headers, last, type Lines, POST } from './http2/case.js'
import { runCase } from './http2/run-case.js'

const CONNECT: Lines = [
  [':method', 'CONNECT'],
  [':authority', '127.0.0.1:1'],
]
const PAYMENT = Object.entries(asLines(paid().getMap() as Record<string, string | Buffer>))
const CALL: Lines = [
  ...POST.map(([name, value]) => [name, name === ':path' ? '/echo.Echo/Unary' : value] as const),
  ['content-type', 'application/grpc'],
  ['te', 'trailers'],
  ...PAYMENT,
]

describe('CONNECT', () => {
  test.each<[string, Lines]>([
    ['to anywhere', CONNECT],
    ['as if it were a call', [...CONNECT, ['content-type', 'application/grpc'], ...PAYMENT]],
  ])(
    '%s leads nowhere: it is refused, nobody is asked or paid, and calls on the connection go on',
    async (_what, lines) => {
      await using h = await openHarness()
      const tunnel = [headers(1, lines), data(1, 'GET / HTTP/1.1\r\n\r\n')]
      const call = [headers(3, CALL), last(3, framed(Buffer.from('x')))]
      const answer = ['answer 1: 405', 'data 1: This port serves gRPC.\n', 'answer 3: 200']
      const send = [...tunnel, 'data 1: This port serves gRPC.\n', ...call]
      const heard = await runCase(h.gateway.address.port, { what: '', send, answer }, DATA_PLANE === 'frames')
      expect(heard.filter((line) => !line.startsWith('data 3'))).toEqual(answer)
      expect(h.service.seen).toHaveLength(1)
      expect(h.payments.reserved).toBe(1)
    },
  )
})
