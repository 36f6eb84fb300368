// npm run test:soak [-- --calls 24000000 --minutes N --every N --seed N --report FILE]: so many calls through one gate with our own
// frames: quick ones, paid ones, some that are taken back and clients that vanish; ends with what the gate holds, and which facts hold.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'
import { requireProgram, TEST_PROGRAMS } from './lib/test-programs.mjs'

makeReady({ build: false })
for (const program of TEST_PROGRAMS) if (program.name === 'h2load') requireProgram(program)
const main = ['--import', 'tsx', join(root, 'test/support/soak/main.ts'), ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, main, { cwd: root, stdio: 'inherit' }).status ?? 1
