import { expect, test } from 'vitest'
import { tallyLine, tallyOf, verdictOf } from '../../../scripts/lib/tally.mjs'

const file = (status, ...tests) => ({
  status,
  assertionResults: tests.map((each, at) => ({ status: each, fullName: `test ${at}` })),
})

test('passed and failed tests are counted over all files, those that did not run named', () => {
  const testResults = [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'failed', 'passed')]
  expect(tallyOf({ testResults })).toEqual({ passed: 3, failed: 1, notRun: ['test 2'] })
})

test('a file that could not be loaded is a failure', () => {
  expect(tallyOf({ testResults: [file('failed'), file('passed', 'passed')] })).toEqual({
    passed: 1,
    failed: 1,
    notRun: [],
  })
})

test('a run without a test fails', () => {
  expect(verdictOf({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 })
})

test('an error outside all tests fails the run', () => {
  expect(verdictOf({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 })
})

test('the closing line has the two numbers', () => {
  expect(tallyLine({ passed: 12, failed: 0 })).toBe('12 passed, 0 failed')
  expect(tallyLine({ passed: 12, failed: 0, notRun: [] })).toBe('12 passed, 0 failed')
  expect(tallyLine({ passed: 12, failed: 0, notRun: ['a'] })).toBe('12 passed, 0 failed, 1 not run')
})
