import { systemClock } from '../../../shared/clock.js'
import { LAST_ANSWERS_MS } from '../limits.js'
import { LocalTests, type TestsDeps } from './tests.js'

export type { LocalTests } from './tests.js'

/** Tests as they were left: those that a former daemon was running go on. */
export const createTests = ({
  clock = systemClock,
  lastAnswersMs = LAST_ANSWERS_MS,
  ...deps
}: Omit<TestsDeps, 'clock' | 'lastAnswersMs'> & Partial<TestsDeps>): LocalTests =>
  new LocalTests({ clock, lastAnswersMs, ...deps })
