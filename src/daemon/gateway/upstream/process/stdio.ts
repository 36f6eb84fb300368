import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** What a program reads and writes, before it is started. */
export interface Stdio {
  /** Its own ends, as `spawn` takes them. */
  readonly ends: readonly (number | 'pipe')[]
  /** Our ends, once it is started or could not be: its own are closed here. */
  streamsOf(child: ChildProcess | undefined): Streams
}

export interface Streams {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
}

/**
 * Real pipes for a program: those of node are sockets, and a script that opens /dev/stdin or /dev/stderr would fail. Node
 * has no other way to make them than by names, which are gone again before the program starts.
 */
export async function openStdio(): Promise<Stdio> {
  const directory = await mkdtemp(join(tmpdir(), 'snetd-pipes-'))
  try {
    const paths = ['in', 'out', 'err'].map((name) => join(directory, name))
    // A host without the command has to do with sockets.
    if (!(await makePipes(paths))) return SOCKETS
    return pipesAt(paths)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function makePipes(paths: readonly string[]): Promise<boolean> {
  const maker = spawn('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' })
  try {
    const [code] = (await once(maker, 'exit')) as [number | null]
    return code === 0
  } catch {
    return false
  }
}

const SOCKETS: Stdio = {
  ends: ['pipe', 'pipe', 'pipe'],
  streamsOf: (child) => {
    const { stdin, stdout, stderr } = child ?? {}
    if (!stdin || !stdout || !stderr) throw new Error('the program has no input or output')
    return { stdin, stdout, stderr }
  },
}

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants

function pipesAt([input = '', output = '', errors = '']: readonly string[]): Stdio {
  const opened: number[] = []
  const open = (path: string, flags: number): number => {
    const fd = openSync(path, flags)
    opened.push(fd)
    return fd
  }
  const pipe = (path: string, ours: number, its: number): { ours: number; its: number } => {
    // With both ends open, neither of the two has to wait for the other.
    const both = openSync(path, O_RDWR | O_NONBLOCK)
    try {
      return { its: open(path, its), ours: open(path, ours | O_NONBLOCK) }
    } finally {
      closeSync(both)
    }
  }
  try {
    const pipes = [pipe(input, O_WRONLY, O_RDONLY), pipe(output, O_RDONLY, O_WRONLY), pipe(errors, O_RDONLY, O_WRONLY)]
    return {
      ends: pipes.map(({ its }) => its),
      streamsOf() {
        for (const { its } of pipes) closeSync(its)
        const [stdin, stdout, stderr] = pipes.map(({ ours }, i) => socketOf(ours, i === 0)) as [Socket, Socket, Socket]
        return { stdin, stdout, stderr }
      },
    }
  } catch (fault) {
    for (const fd of opened) closeSync(fd)
    throw fault
  }
}

const socketOf = (fd: number, isWritten: boolean): Socket =>
  new Socket({ fd, readable: !isWritten, writable: isWritten })
