import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readInventory } from '../../../src/client/fleet/inventory.js'
import { parseYaml } from '../../../src/settings/index.js'
import { inDirectory, problemsOf } from './harness.js'
import { cpuTimeMs } from '../../support/cpu-time.js'

const directory = inDirectory()

/** Each list holds the one before it nine times. */
const laughs = (levels: number): string =>
  ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    .concat(Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`))
    .join('\n')

test('aliases are what they stand for', () => {
  const text = 'one: &one {a: 1}\ntwo: *one\nthree: {<<: *one, b: 2}'
  expect(parseYaml('f', text)).toEqual({ one: { a: 1 }, two: { a: 1 }, three: { a: 1, b: 2 } })
})

test.each([
  ['a billion values', laughs(9)],
  ['a value within itself', 'a: &a [*a]'],
  ['many in earnest', `a: [${'1,'.repeat(20_000)}]`],
])('%s are too many, in a config file as in an inventory', async (_name, text) => {
  const path = directory.path('c.yaml')
  await writeFile(path, text)
  const start = cpuTimeMs()
  const what = 'it holds more than 10000 values, those behind aliases included'
  expect(await problemsOf(directory.loadFrom(path))).toEqual([`cannot read the config file ${path}: ${what}`])
  await expect(readInventory(path)).rejects.toThrow(`the inventory ${path} cannot be read: ${what}`)
  expect(cpuTimeMs() - start).toBeLessThan(5_000)
})

test('nesting without end is refused as well', () => {
  expect(() => parseYaml('f', `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toThrow('nesting')
})
