import { createServer } from 'node:net'
import { type HostPort, hostPortText, withoutBrackets } from '../../shared/host-port.js'
import { fail, type Finding, ok, warn } from './finding.js'

export interface WantedPort {
  readonly key: string
  readonly at: HostPort
  /** A daemon that runs has it: its own port is not busy. */
  readonly isOwn: boolean
  /** A start goes on without it. */
  readonly isOptional?: boolean
}

/** Whether a start could listen there: it is listened on for a moment, and nobody is let in. */
export async function checkPort({ key, at, isOwn, isOptional = false }: WantedPort): Promise<Finding> {
  const where = `${key} ${hostPortText(at)}`
  if (isOwn) return ok('ports', `${where}: the running daemon listens there`)
  const code = await tryToListen(at)
  if (code === undefined) return ok('ports', `${where} is free`)
  const message = `${where} cannot be listened on: ${code}`
  const cure = code === 'EADDRINUSE' ? `End what listens there, or set ${key} to another port.` : CURES[code]
  const told = cure ?? `Set ${key} to an address of this host and a free port.`
  return isOptional ? warn('ports', message, told) : fail('ports', message, told)
}

const CURES: Readonly<Record<string, string>> = {
  EACCES: 'Choose a port from 1024 on, or give the daemon CAP_NET_BIND_SERVICE.',
}

const tryToListen = ({ host, port }: HostPort): Promise<string | undefined> =>
  new Promise((done) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => done(code ?? message))
    server.listen({ host: withoutBrackets(host), port, exclusive: true }, () => server.close(() => done(undefined)))
  })
