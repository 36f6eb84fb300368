import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingOptionals, namedRegistries } from '../../../scripts/lib/lockfile.mjs'
import { isInstalled, packagesToRun, root } from '../../../scripts/lib/ready.mjs'

const lock = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } },
    'node_modules/a/node_modules/a-linux': { version: '1.0.0', optional: true },
    'node_modules/b': { version: '2.0.0' },
  },
}

test('an optional package without an entry is found, wherever node would look for it', () => {
  expect(missingOptionals(lock)).toEqual(['node_modules/a: a-mac@1.0.0'])
  const mended = { packages: { ...lock.packages, 'node_modules/a-mac': { version: '1.0.0' } } }
  expect(missingOptionals(mended)).toEqual([])
})

test('an entry that names a registry is found', () => {
  const named = { packages: { 'node_modules/a': { resolved: 'https://mirror.example/a.tgz' }, 'node_modules/b': {} } }
  expect(namedRegistries(named)).toEqual(['node_modules/a: https://mirror.example/a.tgz'])
})

test('packages of other platforms may be absent, any other makes an installation needed', () => {
  const { 'node_modules/a/node_modules/a-linux': _, ...without } = lock.packages
  expect(isInstalled(lock, { packages: without })).toBe(true)
  const { 'node_modules/b': __, ...lacking } = lock.packages
  expect(isInstalled(lock, { packages: lacking })).toBe(false)
})

test('a package in another version makes an installation needed', () => {
  const older = { packages: { ...lock.packages, 'node_modules/b': { version: '1.9.0' } } }
  expect(isInstalled(lock, older)).toBe(false)
})

test('without a lock, or before any installation, an installation is needed', () => {
  expect(isInstalled(lock, undefined)).toBe(false)
  expect(isInstalled(undefined, lock)).toBe(false)
})

test('to run the program takes what is not for development, and the tools with what they need', () => {
  const packages = {
    '': {},
    'node_modules/runs': { version: '1.0.0' },
    'node_modules/lints': { version: '1.0.0', dev: true },
    'node_modules/esbuild': { version: '1.0.0', dev: true, optionalDependencies: { '@esbuild/linux': '1.0.0' } },
    'node_modules/@esbuild/linux': { version: '1.0.0', dev: true, optional: true },
    'node_modules/@foundry-rs/anvil': { version: '1.0.0', dev: true, dependencies: { unpacks: '1.0.0' } },
    'node_modules/unpacks': { version: '1.0.0', dev: true },
  }
  const { 'node_modules/lints': _, ...needed } = packages
  expect(packagesToRun({ packages })).toEqual({ packages: needed })
  const installed = { packages: { ...needed, 'node_modules/@esbuild/linux': undefined } }
  expect(isInstalled(packagesToRun({ packages }), installed)).toBe(true)
  expect(isInstalled({ packages }, installed)).toBe(false)
})

test('of the lock of this program far less than half is needed to run it', () => {
  const own = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const part = packagesToRun(own)
  const count = ({ packages }) => Object.keys(packages).length
  expect(count(part)).toBeLessThan(count(own) / 2)
  expect(part.packages).toHaveProperty('node_modules/esbuild')
})
