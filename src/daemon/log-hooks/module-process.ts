/** A program of its own: loads the module of a hook, and hands it the lines that the daemon sends. */
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LogEvent } from './event.js'
import type { FromModule, OpeningModule, ToModule } from './module-messages.js'

interface Hook {
  send(events: readonly LogEvent[], more: { skipped: number }): unknown
}

/** What it gives may be anything: somebody else has written it. */
type OpenHook = (options: unknown, identity: unknown) => Promise<Partial<Hook> | undefined>

// A terminal sends signals to the whole process group, but our parent decides when we end.
for (const name of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']) process.on(name, () => undefined)
process.on('disconnect', () => process.exit())

let opening: Promise<Hook> | undefined
process.on('message', (message: ToModule) => {
  if ('open' in message) void answer(0, () => (opening = load(message.open)))
  else void answer(message.id, async () => (await opening)?.send(message.events, { skipped: message.skipped }))
})

async function load({ module, directory, options, identity }: OpeningModule): Promise<Hook> {
  const isPath = isAbsolute(module) || /^\.\.?[/\\]/.test(module)
  const path = isPath ? resolve(directory, module) : createRequire(join(directory, 'any.js')).resolve(module)
  const { openLogHook } = (await import(pathToFileURL(path).href)) as { openLogHook?: OpenHook }
  if (typeof openLogHook !== 'function') throw new Error('it exports no function openLogHook')
  const hook = await openLogHook(options, identity)
  if (typeof hook?.send !== 'function') throw new Error('openLogHook returns nothing with send')
  return hook as Hook
}

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  const reply: FromModule = await work().then(
    () => ({ id }),
    (thrown: unknown) => ({ id, fault: faultOf(thrown) }),
  )
  process.send?.(reply)
}

function faultOf(thrown: unknown): FromModule['fault'] {
  const { message, retry, retryAfterMs } = (thrown ?? {}) as {
    message?: unknown
    retry?: unknown
    retryAfterMs?: unknown
  }
  return {
    message: typeof message === 'string' ? message.slice(0, 500) : String(thrown).slice(0, 500),
    isFinal: retry === false,
    afterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  }
}
