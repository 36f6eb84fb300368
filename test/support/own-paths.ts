import { createOwnServices } from '../../src/daemon/api/index.js'
import { withReflection } from '../../src/daemon/reflection/index.js'
import { noTrainingMethods } from '../../src/daemon/training/index.js'
import { live } from '../../src/shared/live.js'

/** Whatever it is asked for: the table of own services is made of it, to know its paths. */
const anything: object = new Proxy(() => undefined, { get: () => anything, apply: () => anything })

/** Every method that a daemon answers by itself, and whether its calls last. */
export const ownPaths = (): (readonly [path: string, lasts: boolean])[] =>
  [...withReflection(createOwnServices(anything as never), live([])).values(), ...noTrainingMethods()].map(
    ({ path, lasts = false }) => [path, lasts],
  )
