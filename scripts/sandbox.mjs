// npm run sandbox [-- flags]: the whole network on this machine, from a fresh clone too.
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'

makeReady({ toRun: true })
// In this very process, so that signals and stdout are the command's own.
process.argv = [process.argv[0], join(root, 'bin/run.js'), 'sandbox', ...process.argv.slice(2)]
await import('../bin/run.js')
