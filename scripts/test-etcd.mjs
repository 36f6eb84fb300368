// npm run test:etcd [-- --minutes 10 --seed N --faults NAME,NAME]: three daemons on a cluster of three etcds, disturbed under
// load; ends with what their clients saw and whether a group of correct daemons could have shown it.
// npm run test:etcd -- --same 1000: so many signed payments, each sent to three daemons on one etcd at once.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { makeReady, root } from './lib/ready.mjs'
import { ETCD, requireProgram } from './lib/test-programs.mjs'

makeReady()
requireProgram(ETCD)
const main = ['--import', 'tsx', join(root, 'test/support/etcd-faults/main.ts'), ...process.argv.slice(2)]
// In a network of its own the members of etcd can be cut off from one another, and nothing of it outlives the command.
const isAllowed = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0
const [command, ...args] = isAllowed
  ? ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@" --cuts', process.execPath, ...main]
  : [process.execPath, ...main]
process.exitCode = spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1
