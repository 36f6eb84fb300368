import { expect, test } from 'vitest'
import { HeaderList } from '../../../../../src/daemon/gateway/header-list.js'
import { trailersFrame } from '../../../../../src/daemon/gateway/transport/web/trailers-frame.js'

const listOf = (...lines: (readonly [name: string, value: string])[]): HeaderList => new HeaderList(lines.flat())

function textOf(frame: Buffer): string {
  expect([frame[0], frame.readUInt32BE(1)]).toEqual([0x80, frame.length - 5])
  return frame.toString('latin1', 5)
}

test('has a line for each value, under the flag that no message has', () => {
  const frame = trailersFrame(listOf(['grpc-status', '0'], ['x-a', '1'], ['x-a', '2'], ['x-b', 'ÿ']))
  expect(textOf(frame)).toBe('grpc-status: 0\r\nx-a: 1\r\nx-a: 2\r\nx-b: ÿ\r\n')
})

test('a value cannot make lines of its own, nor a name', () => {
  const frame = trailersFrame(
    listOf(['grpc-status', '5'], ['x-a', 'b\r\ngrpc-status: 0'], ['x\r\ngrpc-status', '0'], ['X-B', '1'], ['te', 'x']),
  )
  expect(textOf(frame)).toBe('grpc-status: 5\r\n')
})
