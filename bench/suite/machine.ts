import { readFileSync, statfsSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem } from 'node:os'

/** Where a run was made, as its results name it. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly kernel: string
  readonly node: string
  /** What the stores of the daemons lie on. */
  readonly fileSystem: string
  /** Processes that wanted a core when the run began, beside it. */
  readonly load: number
}

const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x9123683e: 'btrfs',
  0x58465342: 'xfs',
  0x01021994: 'tmpfs, which keeps nothing: a flush costs nothing on it',
  0x794c7630: 'overlayfs',
}

const fileSystemName = (type: number): string => FILE_SYSTEMS[type] ?? `0x${type.toString(16)}`

export function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    kernel: `${process.platform} ${release()}`,
    node: process.version,
    fileSystem: fileSystemName(statfsSync(tmpdir()).type),
    load: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
  }
}

export const describeMachine = (machine: Machine): string =>
  [
    `${machine.cores} cores of ${machine.cpu}`,
    `${machine.memoryGb} GB of memory`,
    machine.kernel,
    `Node ${machine.node}`,
    `stores on ${machine.fileSystem}`,
    `load ${machine.load} when the run began`,
  ].join(', ')
