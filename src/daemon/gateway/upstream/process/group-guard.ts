import { type ChildProcess, spawn } from 'node:child_process'

/** Reads `+ PID` and `- PID`; at the end of its input it kills the groups of all that were added and not taken away. */
const SCRIPT = `groups=' '
while read -r sign pid; do
  case $sign in
    +) groups="$groups$pid " ;;
    -) groups="\${groups%% $pid *} \${groups#* $pid }" ;;
  esac
done
for pid in $groups; do kill -9 "-$pid" 2>/dev/null; done`

/**
 * Sees to it that no process group outlives us, however we end: the kernel closes our end of a shell's input also for a
 * process that is killed. One shell guards all groups.
 */
export class GroupGuard implements Disposable {
  readonly #groups = new Set<number>()
  #shell: ChildProcess | undefined

  add(pid: number): void {
    this.#groups.add(pid)
    if (this.#shell) this.#tell('+', pid)
    else this.#start()
  }

  remove(pid: number): void {
    if (this.#groups.delete(pid)) this.#tell('-', pid)
  }

  [Symbol.dispose](): void {
    const shell = this.#shell
    this.#shell = undefined
    shell?.stdin?.end()
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: {} })
    this.#shell = shell
    shell.stdin.on('error', () => undefined)
    shell.on('error', () => undefined)
    // Somebody ended it: the next group that is added starts another one.
    shell.once('exit', () => {
      if (this.#shell === shell) this.#shell = undefined
    })
    shell.unref()
    for (const pid of this.#groups) this.#tell('+', pid)
  }

  #tell(sign: '+' | '-', pid: number): void {
    this.#shell?.stdin?.write(`${sign} ${pid}\n`)
  }
}
