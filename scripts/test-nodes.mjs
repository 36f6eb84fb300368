// npm run test:nodes [-- vitest arguments]: all tests, or those that are named, on Node 22 and then on Node 24, which are
// fetched from npm. Ends with a line for each. A short run on both is part of npm test.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { getOtherNodes, OTHER_NODES } from './lib/other-nodes.mjs'
import { root } from './lib/ready.mjs'

getOtherNodes()
const args = process.argv.slice(2)
const results = OTHER_NODES.map(({ name, program }) => {
  console.log(`\n${name}: ${spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout}`)
  const { status } = spawnSync(program, [join(root, 'scripts/test.mjs'), ...args], { cwd: root, stdio: 'inherit' })
  return { name, status }
})
for (const { name, status } of results) console.log(`${name}: ${status === 0 ? 'passed' : 'FAILED'}`)
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1
