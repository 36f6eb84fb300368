import type { Socket } from 'node:net'
import type { ControlDeps, ControlServer } from './control-service.js'

export interface ControlSocketDeps extends ControlDeps {
  /** Hands over each connection to the control socket. */
  readonly onConnection: (serve: (socket: Socket) => void) => void
}

/**
 * Answers the command line of this host, over the socket in the data directory. What answers is loaded when somebody asks
 * for the first time: a start does without it.
 */
export function openControl({ onConnection, ...deps }: ControlSocketDeps): AsyncDisposable {
  let opening: Promise<ControlServer> | undefined
  const open = async (): Promise<ControlServer> => (await import('./control-service.js')).createControlServer(deps)
  let isOpen = true
  onConnection((socket) => {
    opening ??= open()
    opening.then(
      (server) => (isOpen && !socket.destroyed ? server.serve(socket) : socket.destroy()),
      () => socket.destroy(),
    )
  })
  return {
    async [Symbol.asyncDispose]() {
      isOpen = false
      onConnection((socket) => socket.destroy())
      const server = await opening?.catch(() => undefined)
      server?.[Symbol.dispose]()
    },
  }
}
