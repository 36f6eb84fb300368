import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { pause } from '../../shared/clock.js'
import type { Log } from '../observability/index.js'
import type { EtcdServerConfig } from './config.js'

const TERM_LIMIT_MS = 5_000
const LOOK_MS = 20

/** Ends an etcd over this data that an earlier daemon left: it has the ports and the files that the new one needs. */
export async function endLeftover(
  { pidFile, dataDir }: Pick<EtcdServerConfig, 'pidFile' | 'dataDir'>,
  { log }: { log: Log },
): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (!Number.isInteger(pid) || pid <= 1 || !(await isOver(pid, dataDir))) return
  log.warn('an etcd of an earlier daemon still runs; it is ended first', { pid })
  send(pid, 'SIGTERM')
  const kill = performance.now() + TERM_LIMIT_MS
  while (await isOver(pid, dataDir)) {
    if (performance.now() > kill) send(pid, 'SIGKILL')
    await pause(LOOK_MS)
  }
}

/** Whether that process is an etcd over this data: another one may have the number by now. */
async function isOver(pid: number, dataDir: string): Promise<boolean> {
  return (await commandLineOf(pid)).includes(`--data-dir ${dataDir} `)
}

async function commandLineOf(pid: number): Promise<string> {
  try {
    // A process that has ended and was not waited for has an empty command line.
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    return (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout
  } catch {
    return ''
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has just ended.
  }
}
