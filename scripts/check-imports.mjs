// npm run check:imports: who may import whom.
import { judgeImports } from './lib/imports.mjs'

const { faults, modules } = await judgeImports()
for (const fault of faults) console.error(fault)
console.log(`${modules} modules, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0
