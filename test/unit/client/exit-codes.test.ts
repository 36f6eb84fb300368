import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EXIT_CODES, EXIT_RUNNING } from '../../../src/client/index.js'
import { packageRoot } from '../../../src/shared/package.js'

test('the page of exit codes has every code of the program, each with its kinds of error', () => {
  const page = readFileSync(join(packageRoot, 'docs/exit-codes.md'), 'utf8')
  const rows = [...page.matchAll(/^\| (\d+) \|[^|]*\|([^|]*)\|/gm)].map(([, code, kinds = '']) => ({
    code: Number(code),
    kinds: [...kinds.matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind).sort(),
  }))
  const kindsOf = (code: number) =>
    Object.entries(EXIT_CODES)
      .flatMap(([kind, own]) => (own === code ? [kind] : []))
      .sort()
  const codes = [...new Set([0, EXIT_RUNNING, ...Object.values(EXIT_CODES)])].sort((a, b) => a - b)
  expect(rows).toEqual(codes.map((code) => ({ code, kinds: kindsOf(code) })))
})
