import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pythonWith } from '../../../scripts/lib/python.mjs'
import { requireProgram, TEST_PROGRAMS } from '../../../scripts/lib/test-programs.mjs'

let place
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'snetd-test-'))
})
afterEach(() => rmSync(place, { recursive: true }))

function program(directory, name, lines = '') {
  writeFileSync(join(directory, name), `#!/bin/sh\n${lines}\n`)
  chmodSync(join(directory, name), 0o755)
}

// Whatever it is asked to import, this Python does.
const fileOf = ({ name, module }) => (module === undefined ? name : 'python3')

describe.each(TEST_PROGRAMS)('$name', (tool) => {
  test('is taken as it is where it is on the PATH', () => {
    program(place, fileOf(tool))
    requireProgram(tool, { path: place, isRoot: true, run: () => expect.unreachable('nothing is to be installed') })
  })

  test('root on Debian gets it from its packages, with fresh lists when the package is not known', () => {
    program(place, 'apt-get')
    const typed = []
    const run = (args) => {
      typed.push(args)
      if (typed.length === 3) program(place, fileOf(tool))
      return typed.length !== 1
    }
    requireProgram(tool, { path: place, isRoot: true, run })
    const install = ['install', '--yes', '--no-install-recommends', tool.package]
    expect(typed).toEqual([install, ['update'], install])
  })

  test('elsewhere the error says how to get it, and nothing is typed', () => {
    const run = () => expect.unreachable('nothing can be installed')
    const line = `apt-get install ${tool.package}`
    expect(() => requireProgram(tool, { path: place, isRoot: true, run })).toThrow(line)
    program(place, 'apt-get')
    expect(() => requireProgram(tool, { path: place, isRoot: false, run })).toThrow(line)
  })
})

test('a Python that cannot import the module is passed over for one that can', () => {
  const [first, second] = ['first', 'second'].map((name) => join(place, name))
  for (const directory of [first, second]) mkdirSync(directory)
  program(first, 'python3', 'exit 1')
  expect(pythonWith('grpc', first)).toBeUndefined()
  program(second, 'python3', `[ "$2" = 'import grpc' ]`)
  const path = [first, second].join(delimiter)
  expect(pythonWith('grpc', path)).toBe(join(second, 'python3'))
  expect(pythonWith('other', path)).toBeUndefined()
})
