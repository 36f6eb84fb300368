import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requireEtcd } from '../../../scripts/lib/etcd.mjs'

let place
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'snetd-test-'))
})
afterEach(() => rmSync(place, { recursive: true }))

function program(directory, name) {
  writeFileSync(join(directory, name), '#!/bin/sh\n')
  chmodSync(join(directory, name), 0o755)
}

test('an etcd on the PATH is taken as it is', () => {
  program(place, 'etcd')
  requireEtcd({ path: place, isRoot: true, run: () => expect.unreachable('nothing is to be installed') })
})

test('root on Debian gets etcd from its packages, with fresh lists when the package is not known', () => {
  program(place, 'apt-get')
  const typed = []
  const run = ([verb]) => {
    typed.push(verb)
    if (typed.length === 3) program(place, 'etcd')
    return typed.length !== 1
  }
  requireEtcd({ path: place, isRoot: true, run })
  expect(typed).toEqual(['install', 'update', 'install'])
})

test('elsewhere the error says how to get etcd, and nothing is typed', () => {
  const run = () => expect.unreachable('nothing can be installed')
  expect(() => requireEtcd({ path: place, isRoot: true, run })).toThrow('apt-get install etcd-server')
  program(place, 'apt-get')
  expect(() => requireEtcd({ path: place, isRoot: false, run })).toThrow('apt-get install etcd-server')
})
