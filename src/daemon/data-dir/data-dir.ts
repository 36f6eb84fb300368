import { createHash } from 'node:crypto'
import { lstat, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PID_FILE, SOCKET_FILE, SOCKET_PATH_FILE } from '../../shared/control-socket.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { makeDirectory } from '../../shared/make-directory.js'
import type { Log } from '../observability/index.js'
import { cannotWrite, isNoRoom } from './disk-room.js'
import { isAlive, SIDE_NAME_BYTES, takeOwnerSocket } from './owner-socket.js'

export interface DataDirConfig {
  readonly path: string
  /** Where the socket goes when its path in the directory would be too long; the system's temporary one by default. */
  readonly runtimeDir?: string
}

/** The directory that belongs to one daemon, and to one only while it lives. */
export interface DataDir extends AsyncDisposable {
  /** Absolute, with symbolic links resolved. */
  readonly path: string
  readonly socketPath: string
  /** Who answers on the socket from now on; until then connections are closed. */
  onConnection(serve: (socket: Socket) => void): void
}

/** Unix keeps socket paths in 108 bytes, and Node cuts longer ones without an error. */
const MAX_SOCKET_PATH_BYTES = 107

/**
 * Takes the directory for this process. A kill leaves nothing to clean up by hand: the next start takes over at once.
 * Errors: `unavailable` when a living daemon has it; `invalid-config` when it cannot be used at all; `storage-failed`
 * when there is no room.
 */
export async function openDataDir(config: DataDirConfig, { log }: { log: Log }): Promise<DataDir> {
  try {
    return await open(config, log)
  } catch (cause) {
    if (cause instanceof SnetError) throw cause
    if (isNoRoom(cause)) throw cannotWrite(`data_dir ${config.path}`, cause)
    throw new SnetError('invalid-config', `data_dir ${config.path} cannot be used: ${messageOf(cause)}`, {
      hint: 'Set data_dir to a directory on a local disk that this user may write to.',
      cause,
    })
  }
}

async function open(config: DataDirConfig, log: Log): Promise<DataDir> {
  await makeDirectory(config.path)
  // Two spellings of one directory must lead to one socket.
  const path = await realpath(config.path)
  const socketPath = await socketPathOf(path, config.runtimeDir ?? tmpdir())
  await refuseOwnerElsewhere(path, socketPath)
  const socket = await takeOwnerSocket(socketPath)
  if (!socket) throw await describeTaken(path)
  socket.server.on('error', (fault) => log.warn('data directory socket', { reason: messageOf(fault) }))
  // For who only asks whether anybody lives here, being accepted is the whole answer.
  let serve = (peer: Socket): void => void peer.destroy()
  const peers = new Set<Socket>()
  socket.server.on('connection', (peer) => {
    peers.add(peer)
    peer.on('error', () => undefined).once('close', () => peers.delete(peer))
    serve(peer)
  })
  const dataDir: DataDir = {
    path,
    socketPath,
    onConnection: (next) => (serve = next),
    [Symbol.asyncDispose]: onceOnly(async () => {
      // A peer that stays connected must not keep the daemon from stopping.
      for (const peer of peers) peer.destroy()
      await release(path, socket)
    }),
  }
  try {
    await tellWhere(path, socketPath)
  } catch (fault) {
    await dataDir[Symbol.asyncDispose]()
    throw fault
  }
  log.debug('data directory taken', { path, socket: socketPath })
  return dataDir
}

async function release(path: string, socket: AsyncDisposable): Promise<void> {
  // While we listen nobody else can have written this file.
  await rm(join(path, PID_FILE), { force: true })
  await socket[Symbol.asyncDispose]()
}

const onceOnly = (action: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined
  return () => (done ??= action())
}

async function tellWhere(path: string, socketPath: string): Promise<void> {
  await writeFile(join(path, PID_FILE), `${process.pid}\n`, { mode: 0o600 })
  if (socketPath === join(path, SOCKET_FILE)) await rm(join(path, SOCKET_PATH_FILE), { force: true })
  else await writeFile(join(path, SOCKET_PATH_FILE), `${socketPath}\n`, { mode: 0o600 })
}

async function socketPathOf(path: string, runtimeDir: string): Promise<string> {
  const inside = join(path, SOCKET_FILE)
  if (fits(inside)) return inside
  const folder = join(runtimeDir, `snetd-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`)
  const outside = join(folder, SOCKET_FILE)
  if (!fits(outside)) {
    throw new SnetError('invalid-config', `data_dir ${path} is too long for a socket, and so is ${runtimeDir}`, {
      hint: 'Set data_dir, or TMPDIR, to a shorter path.',
    })
  }
  await privateFolder(folder)
  return outside
}

const fits = (socketPath: string): boolean => Buffer.byteLength(socketPath) + SIDE_NAME_BYTES <= MAX_SOCKET_PATH_BYTES

/** A directory for temporary things is everybody's: what is used in it must be ours, or others could pose as us. */
async function privateFolder(folder: string): Promise<void> {
  await makeDirectory(folder)
  const found = await lstat(folder)
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return
  throw new SnetError('invalid-config', `${folder}, the place for the daemon's socket, is open to other users`, {
    hint: 'Remove it, or set data_dir to a shorter path: then the socket lies there.',
  })
}

/** A daemon that was started with another runtime directory has its socket there. */
async function refuseOwnerElsewhere(path: string, socketPath: string): Promise<void> {
  const told = (await readFile(join(path, SOCKET_PATH_FILE), 'utf8').catch(() => '')).trim()
  if (told !== '' && told !== socketPath && (await isAlive(told))) throw await describeTaken(path)
}

async function describeTaken(directory: string): Promise<SnetError> {
  const pid = await readFile(join(directory, PID_FILE), 'utf8').then(
    (text) => text.trim(),
    () => 'unknown',
  )
  return new SnetError('unavailable', `data_dir ${directory} belongs to a daemon that is running, pid ${pid}`, {
    details: { data_dir: directory, pid },
    hint: 'One daemon per data_dir: stop that one, or set data_dir to another directory.',
  })
}
