import { expect, test } from 'vitest'
import { publicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import type { MissingKeys } from '../../../../../src/daemon/infra/contract/sending-group.js'
import { notReady } from '../../../../../src/daemon/infra/runs/not-ready.js'

const device = (of: number) => publicKey(Buffer.alloc(32, of))
const start = { waitFor: [device(1), device(2)], waitMs: 30_000, at: 0, names: ['tokyo', 'paris'], self: 'london' }

test.each<[MissingKeys['lacks'], string]>([
  ['membership', 'paris is not in the group, as london sees it'],
  ['its key', 'london lacks the key of paris'],
  ['our key', 'paris lacks the key of london'],
  ['own keys', 'london does not know yet who it is in the group'],
])('who lacks %s is told by name', (lacks, told) => {
  expect(notReady([{ device: device(2), lacks }], start).message).toBe(`not ready within 30 s: ${told}`)
})

test('without names it is the device, and of many the first few are told', () => {
  const { names: _names, self: _self, ...nameless } = start
  expect(notReady([{ device: device(9), lacks: 'its key' }], nameless).message).toContain(
    `this host lacks the key of device ${device(9)}`,
  )
  const many = Array.from({ length: 9 }, (_, n) => ({ device: device(n + 10), lacks: 'our key' as const }))
  expect(notReady(many, start).message).toMatch(/; 4 more$/)
})
