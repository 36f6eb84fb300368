import type { Part } from '../suite/bench.js'
import { paid } from './paid.js'
import { passthrough } from './passthrough.js'
import { streams } from './streams.js'

/** In the order in which they run. */
export const PARTS: readonly Part[] = [passthrough, streams, paid]
