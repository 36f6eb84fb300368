/**
 * Fake Bertys that look to `npm run test:berty` like somebody's real ones, with a command that freezes, stops and restarts
 * them: for trying the whole of that suite without a Berty. Says what to type, and goes on until Ctrl-C.
 *
 *   node --import tsx test/berty/fake-bertys.ts [COUNT]
 */
import { startFakeBertys } from './obeying-bertys.js'

const bertys = await startFakeBertys(Number(process.argv[2] ?? 3))
process.stdout.write(
  `BERTY_ENDPOINTS=${bertys.endpoints.join(',')} BERTY_CONTROL=${bertys.command} npm run test:berty\n`,
)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void bertys[Symbol.asyncDispose]().then(() => process.exit(0)))
