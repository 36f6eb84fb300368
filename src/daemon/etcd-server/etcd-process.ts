import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { pause } from '../../shared/clock.js'
import { endWithUs } from '../../shared/end-with-us.js'
import type { Log } from '../observability/index.js'
import { argumentsOf, type EtcdServerConfig, isToldWhole } from './config.js'
import { followEtcdLog } from './etcd-log.js'

export type Environment = Readonly<Record<string, string | undefined>>

/** One life of the program. */
export interface EtcdProcess {
  /** Exit code, signal or reason; undefined while it lives. */
  readonly end: string | undefined
  /** Resolves when it is gone. */
  readonly ended: Promise<void>
  readonly lastWords: string
  stop(): Promise<void>
}

/** How long etcd may hand its leadership over and close its files. */
const STOP_LIMIT_MS = 10_000

/** Starts the program, which does not outlive us, however we end. */
export async function startEtcdProcess(
  program: string,
  config: EtcdServerConfig,
  { log, env }: { readonly log: Log; readonly env: Environment },
): Promise<EtcdProcess> {
  const child = spawn(program, argumentsOf(config), {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C reaches the daemon, whose calls in flight still need it.
    detached: true,
    env: environmentOf(env),
  })
  let end: string | undefined
  const gone = new Promise<void>((done) => {
    child.once('error', (fault) => done(void (end = fault.message)))
    child.once('close', (code, signal) => done(void (end ??= signal ?? `exit code ${code}`)))
  })
  const guard = endWithUs(child)
  const said = followEtcdLog(child.stderr, { log, isWhole: isToldWhole(config) })
  const ended = gone.then(() => void guard.kill('SIGKILL'))
  try {
    if (child.pid !== undefined) await writeFile(config.pidFile, `${child.pid}\n`, { mode: 0o600 })
  } catch (fault) {
    child.kill('SIGKILL')
    throw fault
  }
  return {
    get end() {
      return end
    },
    ended,
    get lastWords() {
      return said.lastWords
    },
    async stop() {
      child.kill('SIGTERM')
      const over = new AbortController()
      const late = pause(STOP_LIMIT_MS, over.signal).then(() => child.kill('SIGKILL'))
      await ended
      over.abort()
      await late
      await rm(config.pidFile, { force: true })
    },
  }
}

/** Names of machines in Go where Node has others. */
const GO_ARCH: Readonly<Record<string, string>> = { ia32: '386', mipsel: 'mipsle' }

function environmentOf(env: Environment): NodeJS.ProcessEnv {
  // Settings of an etcd that runs as a service must not reach this one, which is set up by its command line; and it would
  // tell the service manager that the daemon is ready.
  const own = Object.entries(env).filter(([name]) => !/^(ETCD_|SNET_|CREDENTIALS_DIRECTORY$|NOTIFY_SOCKET$)/.test(name))
  const { arch } = process
  // Before 3.5 it starts on few kinds of machines without being told that this is meant.
  return { ...Object.fromEntries(own), ...(arch !== 'x64' && { ETCD_UNSUPPORTED_ARCH: GO_ARCH[arch] ?? arch }) }
}
