import { FLAG, frame, FRAME, headerBlock, uint32 } from '../../frames.js'

export const ADD = '/example_service.Calculator/add'
export const COUNT = '/example_service.Calculator/count'

export type Lines = readonly (readonly [name: string, value: string])[]

/** A request's header lines, with more behind them. */
export const request = (path: string, more: Lines = []): Lines => [
  ...([
    [':method', 'POST'],
    [':scheme', 'http'],
    [':path', path],
    [':authority', 'localhost'],
    ['content-type', 'application/grpc'],
    ['te', 'trailers'],
  ] as const),
  ...more,
]

export const open = (stream: number, lines: Lines): Buffer =>
  frame(FRAME.headers, { flags: FLAG.endHeaders, stream, payload: headerBlock(lines) })

export const reset = (stream: number, code = 8): Buffer => frame(FRAME.rstStream, { stream, payload: uint32(code) })

export const say = (stream: number, bytes: Buffer): Buffer =>
  frame(FRAME.data, { flags: FLAG.endStream, stream, payload: bytes })

export const many = (count: number, part: (i: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_none, i) => part(i)))

export const clientStream = (i: number): number => 2 * i + 1

export const linesOf = (headers: Readonly<Record<string, string>>): Lines => Object.entries(headers)

/** Numbers { a, b } with its prefix. The hostile service takes `a` for the way to answer. */
export function numbers(a: number, b = 3): Buffer {
  const bytes = Buffer.from('0000000012' + '09'.padEnd(18, '0') + '11'.padEnd(18, '0'), 'hex')
  bytes.writeDoubleLE(a, 6)
  bytes.writeDoubleLE(b, 15)
  return bytes
}

/** What stands before a message of any length. */
export const prefix = (flag: number, length: number): Buffer => {
  const bytes = Buffer.alloc(5)
  bytes[0] = flag
  bytes.writeUInt32BE(length, 1)
  return bytes
}
