import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { movedTablesOf, tablesOf } from '../../../src/daemon/stored-tables.js'
import { packageRoot } from '../../../src/shared/package.js'
import { storeIdentity } from '../../support/kept-stores.js'

test('every table that the daemon opens is among those that are moved', () => {
  const names = Object.values(tablesOf(storeIdentity)).map(({ name }) => name)
  expect(movedTablesOf(storeIdentity).map(({ name }) => name)).toEqual(names)
  const daemon = join(packageRoot, 'src/daemon')
  const opened = readdirSync(daemon, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(?:storage|moving)\//.test(file))
    .flatMap((file) => [...readFileSync(join(daemon, file), 'utf8').matchAll(/\.table\(([^)]*)\)/g)])
    .map(([, table = '']) => table)
  expect(opened.length).toBeGreaterThan(3)
  // A secret is no payment: daemons of another store make their own.
  expect(opened.filter((table) => table !== 'SECRETS' && !/^tables\.\w+$/.test(table))).toEqual([])
})
