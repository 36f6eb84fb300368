// npm run test:berty [-- vitest arguments]: what a client relies on, and whole runs, against the Bertys of BERTY_ENDPOINTS
// (HOST:PORT,HOST:PORT,…) at their own time, or against fake ones when that is empty. It creates groups there and leaves
// them again, and prints one table of ledger against list. BERTY_CONTROL, a command that is called with freeze, thaw, stop
// or start and the number of a Berty, from 1, lets it stop and restart them too.
import { parseCLI, startVitest } from 'vitest/node'
import { makeReady, root } from './lib/ready.mjs'

makeReady()
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest('test', filter, {
  ...options,
  root,
  mode: 'berty',
  watch: false,
})
await vitest.close()
