// The closing line of `npm test`, `npm run check` and .ci/run.

/**
 * Counts of a vitest JSON report, and the names of tests that found missing what they need. A file that could not be loaded
 * counts as one failure.
 */
export function tallyOf({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    notRun: tests.flatMap(({ status, fullName }) => (status === 'passed' || status === 'failed' ? [] : [fullName])),
  }
}

/**
 * The counts as told at the end. An error outside all tests fails the run although no test did; a run without a test
 * proves nothing and fails too.
 */
export function verdictOf(tally, exitCode) {
  const isRed = exitCode !== 0 || tally.passed + tally.failed === 0
  return { ...tally, failed: isRed ? Math.max(tally.failed, 1) : tally.failed }
}

/** As ever where everything has run. */
export const tallyLine = ({ passed, failed, notRun = [] }) =>
  `${passed} passed, ${failed} failed${notRun.length > 0 ? `, ${notRun.length} not run` : ''}`
