import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { citationsOf, judgeCitations, numbersOf } from '../../../scripts/lib/citations.mjs'
import { tempDir } from '../../support/temp-dir.js'

// Names of pages are put together here, or the check would look for what this test makes up.
const WIRE = 'snet-wire'
const PAGE = [
  '## 4. Codes',
  '### 4.2 Escrow',
  '1. first',
  '| 2 | second |',
  '```',
  '## 7. in code',
  '```',
  '## 12 End',
].join('\n')

const FILES = {
  'docs/protocol/snet-wire.md': `${PAGE}\nsee section 4.3\n`,
  'src/sound.ts': `/** Order and texts (${WIRE} 4.2, 4.2.1). */\n`,
  'src/wrong.ts': `\n// A rule (${WIRE} 4.9).\n`,
  'proto/wrapped.proto': `// A rule (${WIRE}\n// 7).\n`,
  'test/no-page.ts': '// (berty' + ' 1)\n',
}

let base
beforeAll(async () => {
  const temp = await tempDir()
  base = temp.path
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(base, file)), { recursive: true })
    writeFileSync(join(base, file), text)
  }
  return temp.remove
})

test('headings and numbered items are what can be cited, code is not', () => {
  expect([...numbersOf(PAGE)]).toEqual(['4', '4.2', '4.2.1', '4.2.2', '12'])
})

test('a citation names its page once and as many numbers as it likes', () => {
  const numbers = citationsOf(`(${WIRE} 2.1, 2.2, 580 000 bytes) RFC 9113 8.2.2, Berty 9091, 3 clients 4`)
  expect(numbers.map(({ number }) => number)).toEqual(['2.1', '2.2'])
})

test('each citation that leads nowhere is told with its file and line', () => {
  const { faults, count } = judgeCitations(base)
  expect(count).toBe(6)
  expect(faults.map((fault) => fault.split(' is neither')[0])).toEqual([
    `src/wrong.ts:2: ${WIRE} 4.9`,
    'test/no-page.ts:1: berty' + ' 1',
    `proto/wrapped.proto:1: ${WIRE} 7`,
    `docs/protocol/snet-wire.md:9: ${WIRE} 4.3`,
  ])
})
