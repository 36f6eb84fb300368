// npm run test:berty [-- vitest arguments]: one small suite against the Bertys of BERTY_ENDPOINTS (HOST:PORT,HOST:PORT,…),
// or against fake ones when that is empty. It creates groups there and leaves them again.
import { parseCLI, startVitest } from 'vitest/node'
import { root } from './lib/ready.mjs'

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest('test', filter, {
  ...options,
  root,
  include: ['test/berty/**/*.test.ts'],
  watch: false,
})
await vitest.close()
