import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { noisePng, sideOf } from '../../../../../src/daemon/infra/message/noise-png.js'

test.each([4, 100, 3_000, 50_000])('a medium of %d bytes is an opaque PNG of about that size', (size) => {
  const png = noisePng(size, 'seed')
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect([png.readUInt32BE(16), png.readUInt32BE(20), ...png.subarray(24, 29)]).toEqual([
    ...[sideOf(size), sideOf(size)],
    ...[8, 6, 0, 0, 0],
  ])
  const pixels = inflateSync(png.subarray(33 + 8, 33 + 8 + png.readUInt32BE(33)))
  const row = 1 + 4 * sideOf(size)
  expect(pixels).toHaveLength(row * sideOf(size))
  for (let y = 0; y < sideOf(size); y++) {
    expect(pixels[y * row]).toBe(0)
    for (let x = 0; x < sideOf(size); x++) expect(pixels[y * row + 4 + 4 * x]).toBe(255)
  }
  if (size >= 3_000) expect(Math.abs(png.length / size - 1)).toBeLessThan(0.15)
})

test('the same seed gives the same picture, another one another', () => {
  expect(noisePng(3_000, 'a').equals(noisePng(3_000, 'a'))).toBe(true)
  expect(noisePng(3_000, 'a').equals(noisePng(3_000, 'b'))).toBe(false)
})

test('the side is the reference’s', () => {
  expect([4, 5, 100, 3_000, 1_000_000].map(sideOf)).toEqual([1, 1, 5, 31, 575])
})

test.each([0, 1, 2, 3])('a size of %d has no pixel and is refused', (size) => {
  expect(() => noisePng(size, 's')).toThrow('size must be above 3')
})
