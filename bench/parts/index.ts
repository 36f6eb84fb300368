import type { Part } from '../suite/bench.js'
import { floors } from './floors.js'
import { memory } from './memory.js'
import { paid } from './paid.js'
import { passthrough } from './passthrough.js'
import { startUp } from './start-up.js'
import { streams } from './streams.js'

/** In the order in which they run. */
export const PARTS: readonly Part[] = [passthrough, streams, paid, floors, startUp, memory]
