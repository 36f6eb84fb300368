import { expect, test } from 'vitest'
import { tallyLine, tallyOf, verdictOf } from '../../../scripts/lib/tally.mjs'

const file = (status, ...tests) => ({ status, assertionResults: tests.map((each) => ({ status: each })) })

test('passed and failed tests are counted over all files, skipped ones not at all', () => {
  const testResults = [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'failed', 'passed')]
  expect(tallyOf({ testResults })).toEqual({ passed: 3, failed: 1 })
})

test('a file that could not be loaded is a failure', () => {
  expect(tallyOf({ testResults: [file('failed'), file('passed', 'passed')] })).toEqual({ passed: 1, failed: 1 })
})

test('a run without a test fails', () => {
  expect(verdictOf({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 })
})

test('an error outside all tests fails the run', () => {
  expect(verdictOf({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 })
})

test('the closing line has the two numbers', () => {
  expect(tallyLine({ passed: 12, failed: 0 })).toBe('12 passed, 0 failed')
})
