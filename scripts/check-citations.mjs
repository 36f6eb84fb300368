// npm run check:citations: what comments cite is there to be read.
import { judgeCitations } from './lib/citations.mjs'

const { faults, count } = judgeCitations()
for (const fault of faults) console.error(fault)
console.log(`${count} citations, ${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0
