import { randomBytes, randomInt } from 'node:crypto'
import { link, readdir, rename, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** The listening socket that proves its owner alive; closing it gives the path up. */
export interface OwnerSocket extends AsyncDisposable {
  readonly server: Server
}

/** What the longest name beside the socket adds to its path: `.o` and eight digits. */
export const SIDE_NAME_BYTES = 10
const ATTEMPTS = 50
const CONNECT_TIMEOUT_MS = 2_000

/**
 * Makes this process the owner of `path`, or answers undefined when a living process is. Alive is who accepts
 * connections, which the kernel does also for a process that is stopped, and no longer for one that was killed.
 *
 * Two steps, because a file system has no "replace it if it is still the stale one". First a listening socket of our
 * own is linked to the common name, which fails while that exists; a stale one is removed, and of most starters one
 * gets it. But a slow starter may remove what a quick one has just linked. So whoever got the name announces itself
 * under a name of its own, and only then looks for other announcements. Of two that announced, the later one sees the
 * earlier, so two can never both go on; one that was seen too early withdraws and tries again after a random while.
 */
export async function takeOwnerSocket(path: string): Promise<OwnerSocket | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const tag = randomBytes(4).toString('hex')
    const server = await listen(`${path}.c${tag}`)
    const outcome = await tryToOwn(path, tag).catch(async (fault: unknown) => {
      await close(server)
      throw fault
    })
    if (outcome === 'owned') return ownerSocket(path, tag, server)
    await close(server)
    if (outcome === 'taken') return undefined
    await setTimeout(randomInt(5, 30))
  }
  return undefined
}

/** Whether a process listens on this Unix socket. */
export const isAlive = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path)
    const answer = (alive: boolean): void => {
      socket.destroy()
      done(alive)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => answer(true))
    socket.once('connect', () => answer(true))
    // Only these two say that nobody listens. EAGAIN is a full backlog: its owner lives and is stopped or busy.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => answer(code !== 'ECONNREFUSED' && code !== 'ENOENT'))
  })

async function tryToOwn(path: string, tag: string): Promise<'owned' | 'taken' | 'again'> {
  const candidate = `${path}.c${tag}`
  const announced = `${path}.o${tag}`
  while (!(await tryLink(candidate, path))) {
    if (await isAlive(path)) return 'taken'
    await rm(path, { force: true })
  }
  await rename(candidate, announced)
  const other = await findLivingOwner(path, announced)
  if (other === undefined) return 'owned'
  // The common name is what the command line looks for, so it goes back to the one that may have lost it to us.
  await rm(path, { force: true })
  await tryLink(other, path)
  await rm(announced, { force: true })
  return 'again'
}

/** The announcement of another living owner; those of dead ones are cleared away. */
async function findLivingOwner(path: string, own: string): Promise<string | undefined> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    const announced = join(folder, name)
    if (!name.startsWith(`${basename(path)}.o`) || announced === own) continue
    if (await isAlive(announced)) return announced
    await rm(announced, { force: true })
  }
  return undefined
}

/** False when `to` exists already, or `from` no longer does. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw fault
  }
}

const turnAway = (early: Socket): void => void early.destroy()

function ownerSocket(path: string, tag: string, server: Server): OwnerSocket {
  server.off('connection', turnAway)
  return {
    server,
    async [Symbol.asyncDispose]() {
      // The names go first: as long as one of them can be found, somebody must be listening behind it.
      await rm(path, { force: true })
      await rm(`${path}.o${tag}`, { force: true })
      await close(server)
    },
  }
}

const listen = (path: string): Promise<Server> =>
  new Promise((done, fail) => {
    // Whoever connects before the owner is known is not kept: closing would wait for him.
    const server = createServer().on('connection', turnAway)
    server.once('error', fail)
    server.listen(path, () => done(server.off('error', fail)))
  })

/** Closing removes the name that was bound, should it still be there. */
const close = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()))
