import { type ChildProcess, spawn } from 'node:child_process'

/**
 * A shell that kills the child when our end of its stdin closes, which the kernel does also for a process that is killed.
 * Whoever sees the child end kills the shell.
 */
export function endWithUs(child: ChildProcess): ChildProcess {
  const script = 'cat > /dev/null; kill -9 "$1"'
  const guard = spawn('sh', ['-c', script, 'guard', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  return guard.on('error', () => undefined)
}
