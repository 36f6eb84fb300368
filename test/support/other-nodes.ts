import { join } from 'node:path'
import { packageRoot } from '../../src/shared/package.js'

/** The Nodes that "npm test" fetches, see scripts/lib/other-nodes.mjs. */
export const otherNodes = ['node22', 'node24'].map((name) => ({
  name,
  program: join(packageRoot, '.cache', 'other-nodes', 'node_modules', name, 'bin', 'node'),
}))
