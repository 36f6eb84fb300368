import { systemClock } from '../../../shared/clock.js'
import { LocalTests, type TestsDeps } from './tests.js'

export type { LocalTests } from './tests.js'

/** Tests as they were left: those that a former daemon was running go on. */
export const createTests = ({
  clock = systemClock,
  ...deps
}: Omit<TestsDeps, 'clock'> & Partial<TestsDeps>): LocalTests => new LocalTests({ clock, ...deps })
