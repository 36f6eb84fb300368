import { createHash } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { messageOf, SnetError } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'

export interface DataDirConfig {
  readonly path: string
  /** Where the socket goes when its path in the directory would be too long. */
  readonly runtimeDir?: string
}

/** The directory that belongs to one daemon, and to one only while it lives. */
export interface DataDir extends AsyncDisposable {
  readonly path: string
  readonly socketPath: string
}

const SOCKET = 'snetd.sock'
const PID = 'snetd.pid'
/** Unix keeps socket paths in 108 bytes, and Node cuts longer ones without an error. */
const MAX_SOCKET_PATH_BYTES = 107
const CONNECT_TIMEOUT_MS = 2_000

/**
 * Takes the directory for this process. Alive is who accepts connections on the socket, which the kernel does also for
 * a process that is stopped, and no longer for one that was killed: so a kill leaves nothing to clean up by hand.
 * Error: `unavailable` when a living daemon has it.
 */
export async function openDataDir(config: DataDirConfig, { log }: { log: Log }): Promise<DataDir> {
  const path = resolve(config.path)
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new SnetError('invalid-config', `data_dir ${path} cannot be made: ${messageOf(cause)}`, {
      hint: 'Set data_dir to a directory that this user may write to.',
      cause,
    })
  }
  const socketPath = await socketPathOf(path, config.runtimeDir ?? tmpdir())
  const server = await takeSocket(path, socketPath)
  server.on('connection', (socket) => socket.on('error', () => undefined).end())
  await writeFile(join(path, PID), `${process.pid}\n`, { mode: 0o600 })
  log.debug('data directory taken', { path, socket: socketPath })
  let isOpen = true
  return {
    path,
    socketPath,
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await Promise.all([rm(socketPath, { force: true }), rm(join(path, PID), { force: true })])
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

async function socketPathOf(path: string, runtimeDir: string): Promise<string> {
  const inside = join(path, SOCKET)
  if (Buffer.byteLength(`${inside}.${process.pid}`) <= MAX_SOCKET_PATH_BYTES) return inside
  const outside = join(runtimeDir, `snetd-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`)
  await writeFile(join(path, `${SOCKET}.path`), `${outside}\n`, { mode: 0o600 })
  return outside
}

/**
 * Binds a name of our own and links it to the common one, which fails when the common one exists: of two starters
 * exactly one gets it. What a dead process left is renamed away first and looked at again under its new name, so that
 * a socket which another starter has just put there is put back instead of lost.
 */
async function takeSocket(directory: string, socketPath: string): Promise<Server> {
  const own = `${socketPath}.${process.pid}`
  await rm(own, { force: true })
  const server = await listen(own)
  try {
    while (!(await linked(own, socketPath))) {
      if (await isAlive(socketPath)) throw await taken(directory)
      await removeStale(socketPath, `${own}.stale`)
    }
    return server
  } catch (fault) {
    server.close()
    throw fault
  } finally {
    await rm(own, { force: true })
  }
}

async function linked(own: string, common: string): Promise<boolean> {
  try {
    await link(own, common)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fault
  }
}

async function removeStale(socketPath: string, aside: string): Promise<void> {
  try {
    await rename(socketPath, aside)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return
    throw fault
  }
  if (await isAlive(aside)) await linked(aside, socketPath)
  await rm(aside, { force: true })
}

const listen = (path: string): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(path, () => done(server.off('error', fail)))
  })

const isAlive = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path)
    const answer = (alive: boolean): void => {
      socket.destroy()
      done(alive)
    }
    // A full backlog neither connects nor refuses: somebody holds the socket.
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => answer(true))
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })

async function taken(directory: string): Promise<SnetError> {
  const pid = await readFile(join(directory, PID), 'utf8').then(
    (text) => text.trim(),
    () => 'unknown',
  )
  return new SnetError('unavailable', `data_dir ${directory} belongs to a daemon that is running, pid ${pid}`, {
    details: { data_dir: directory, pid },
    hint: 'One daemon per data_dir: stop that one, or set data_dir to another directory.',
  })
}
