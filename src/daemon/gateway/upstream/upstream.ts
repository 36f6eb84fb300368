import type { PartHealth } from '../../observability/index.js'
import type { Call } from '../call.js'

/** Who answers the calls. */
export interface Upstream extends AsyncDisposable {
  /** Answers one call; resolves when it was answered OK and all of the answer was handed on. */
  forward(call: Call): Promise<void>
  /** Whether it can be reached, found out now if nothing is known. */
  health(): Promise<PartHealth>
}
