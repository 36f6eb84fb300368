import { systemClock } from '../clock.js'
import { TestsPart, type TestsDeps } from './tests.js'

export type { TestsPart } from './tests.js'

/** Tests as they were left: those that a former daemon was running go on. */
export const createTests = ({
  clock = systemClock,
  ...deps
}: Omit<TestsDeps, 'clock'> & Partial<TestsDeps>): TestsPart => new TestsPart({ clock, ...deps })
