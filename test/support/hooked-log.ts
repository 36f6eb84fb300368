import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { type LogHookConfig, openLogHooks } from '../../src/daemon/log-hooks/index.js'
import { openLog } from '../../src/daemon/observability/index.js'
import { systemClock } from '../../src/shared/clock.js'
import { tempDir } from './temp-dir.js'

export const identity = { organization: 'org', service: 'svc', network: 'sepolia', version: '1.2.3', host: 'here' }

export const ofHook = { name: 'ops', levels: ['warn', 'error'], perMinute: 600 }

interface More {
  /** Whether waiting takes time. */
  readonly isSlow?: boolean
  readonly sendMs?: number
}

const SEND_MS = 20_000

/** A log with hooks, whose pauses are noted and over at once. */
export async function openHookedLog(
  configs: readonly LogHookConfig[],
  { isSlow = false, sendMs = SEND_MS }: More = {},
) {
  const directory = await tempDir()
  const path = join(directory.path, 'log')
  const file = { pattern: path, currentLink: undefined, maxBytes: 0, maxAgeMs: 0, maxCount: 0 }
  const log = await openLog({ level: 'debug', format: 'json', outputs: ['file'], file })
  const pauses: number[] = []
  let ahead = 0
  let nextSendMs: number | undefined
  const times = {
    drainMs: 300,
    get sendMs() {
      const ms = nextSendMs ?? sendMs
      nextSendMs = undefined
      return ms
    },
  }
  const hooks = openLogHooks(configs, {
    ...{ log, identity, env: process.env, times },
    clock: {
      nowUs: () => systemClock.nowUs(),
      steadyUs: () => systemClock.steadyUs() + ahead,
      async sleep(ms, signal) {
        pauses.push(ms)
        if (isSlow) return await systemClock.sleep(ms, signal)
        ahead += ms * 1_000
        await setImmediate()
      },
    },
  })
  return {
    log,
    hooks,
    pauses,
    /** The next message may take no longer. */
    limitNext: (ms: number) => void (nextSendMs = ms),
    /** What is logged. */
    written: async (): Promise<string> => await readFile(path, 'utf8').catch(() => ''),
    async [Symbol.asyncDispose]() {
      await hooks[Symbol.asyncDispose]()
      await log[Symbol.asyncDispose]()
      await directory.remove()
    },
  }
}

export interface Asked {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

type Answer = (response: ServerResponse) => void

export const answerWith =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body)
export const reset: Answer = (response) => void response.socket?.resetAndDestroy()
export const hang: Answer = () => undefined

/** A server that answers in these ways, one after the other, and then 200. */
export async function startEndpoint(answers: Answer[] = []) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(body) as unknown })
      ;(answers.shift() ?? answerWith(200, {}, '{"ok":true}'))(response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
