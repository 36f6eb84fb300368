import { expect, test } from 'vitest'
import { scanFields } from '../../../../src/sandbox/berty/wire-scan.js'
import { bertyVector } from '../../../support/berty-vectors.js'

const scanned = (hex: string): number[] | undefined => {
  const fields = scanFields(Buffer.from(hex, 'hex'))
  return fields && [...fields]
}

test('fields are found whatever they hold, the empty ones too', () => {
  expect(scanned('')).toEqual([])
  expect(scanned('0a0101' + '1200' + '1801')).toEqual([1, 2, 3])
  expect(scanned('09' + '00'.repeat(8) + '1d' + '00'.repeat(4))).toEqual([1, 3])
  expect(scanFields(bertyVector('invite.reply').bytes)).toEqual(new Set([1, 2, 3]))
})

test.each([
  ['a text that goes past the end', '0a7f01'],
  ['a tag without its value', '08'],
  ['a number that does not end', '08ffffffffffffffffffffff'],
  ['field zero', '0000'],
  ['a group', '0b'],
  ['a fixed value cut short', '0900'],
])('%s is no message', (_, hex) => {
  expect(scanned(hex)).toBeUndefined()
})
