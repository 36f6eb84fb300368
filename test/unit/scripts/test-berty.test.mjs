import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

test('npm run test:berty hands its arguments on', () => {
  const args = [join(root, 'scripts', 'test-berty.mjs'), '-t', 'no test has this name', '--reporter=json', '--silent']
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    // The report names every test there is.
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, BERTY_ENDPOINTS: '' },
  })
  const report = JSON.parse(stdout.slice(stdout.indexOf('{"num')))
  expect(report).toMatchObject({ numPassedTests: 0, numFailedTests: 0 })
  expect(report.numPendingTests).toBeGreaterThan(3)
})
