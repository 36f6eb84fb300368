import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { tempDir } from './temp-dir.js'

/** A page in a browser without a window. */
export interface BrowserPage {
  /** The value of an expression, once it is there; what is thrown in the page is thrown here. */
  evaluate(expression: string): Promise<unknown>
  /** By which protocol each answer came, by its URL: `h2`, `http/1.1`. */
  readonly protocols: ReadonlyMap<string, string>
  screenshot(): Promise<Buffer>
}

export interface Browser extends AsyncDisposable {
  open(url: string): Promise<BrowserPage>
}

const FLAGS = [
  ...['--headless=new', '--remote-debugging-port=0', '--no-first-run', '--disable-gpu', '--disable-extensions'],
  // It would need rights that containers do not give; the pages are ours.
  ...['--no-sandbox', '--disable-dev-shm-usage', '--ignore-certificate-errors', '--disable-background-networking'],
]

/** Starts Debian's Chromium with a profile of its own. */
export async function startChromium(flags: readonly string[] = []): Promise<Browser> {
  const profile = await tempDir()
  const child = spawn('chromium', [...FLAGS, `--user-data-dir=${profile.path}`, ...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const gone = once(child, 'exit')
  const stop = async (): Promise<void> => {
    // It is many processes, of one group.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    await gone
    await profile.remove()
  }
  try {
    const tools = await DevTools.open(await addressOf(child.stderr, gone))
    return { open: (url) => openPage(tools, url), [Symbol.asyncDispose]: stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}

async function addressOf(stderr: NodeJS.ReadableStream, gone: Promise<unknown>): Promise<string> {
  const said: string[] = []
  const lines = createInterface(stderr)
  const told = new Promise<string>((done) =>
    lines.on('line', (line) => {
      said.push(line)
      const address = /DevTools listening on (\S+)/.exec(line)?.[1]
      if (address !== undefined) done(address)
    }),
  )
  const address = await Promise.race([told, gone])
  if (typeof address !== 'string') throw new Error(`chromium does not start: ${said.join('\n')}`)
  return address
}

type Params = Readonly<Record<string, unknown>>
type OnEvent = (method: string, params: Params, session: string | undefined) => void
interface Said {
  readonly id?: number
  readonly method?: string
  readonly params?: Params
  readonly sessionId?: string
  readonly result?: Params
  readonly error?: { readonly message: string }
}

/** The browser's own protocol for those who drive it. */
class DevTools {
  readonly #socket: WebSocket
  readonly #asked = new Map<number, (said: Said) => void>()
  readonly #listeners: OnEvent[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (bytes: Buffer) => {
      const said = JSON.parse(bytes.toString()) as Said
      if (said.id !== undefined) this.#asked.get(said.id)?.(said)
      else for (const listener of this.#listeners) listener(said.method ?? '', said.params ?? {}, said.sessionId)
    })
    socket.on('error', () => undefined)
  }

  static async open(address: string): Promise<DevTools> {
    const socket = new WebSocket(address)
    await once(socket, 'open')
    return new DevTools(socket)
  }

  onEvent(listener: OnEvent): void {
    this.#listeners.push(listener)
  }

  ask(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = this.#asked.size + 1
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }))
    return new Promise((done, fail) =>
      this.#asked.set(id, ({ result, error }) =>
        error ? fail(new Error(`${method}: ${error.message}`)) : done(result ?? {}),
      ),
    )
  }
}

async function openPage(tools: DevTools, url: string): Promise<BrowserPage> {
  const { targetId } = await tools.ask('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await tools.ask('Target.attachToTarget', { targetId, flatten: true })
  const ask = (method: string, params?: Params): Promise<Params> => tools.ask(method, params, sessionId as string)
  const protocols = new Map<string, string>()
  const loaded = new Promise<void>((done) =>
    tools.onEvent((method, params, session) => {
      if (session !== sessionId) return
      if (method === 'Page.loadEventFired') done()
      if (method !== 'Network.responseReceived') return
      const { response } = params as { response: { url: string; protocol: string } }
      protocols.set(response.url, response.protocol)
    }),
  )
  for (const domain of ['Page', 'Network', 'Runtime']) await ask(`${domain}.enable`)
  await ask('Page.navigate', { url })
  await loaded
  return {
    protocols,
    async evaluate(expression) {
      const asked = { expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails: thrown } = (await ask('Runtime.evaluate', asked)) as unknown as Evaluated
      if (thrown) throw new Error(`in the page: ${thrown.exception?.description ?? thrown.text}`)
      return result.value
    },
    async screenshot() {
      // A page behind others is not painted.
      await ask('Page.bringToFront')
      return Buffer.from((await ask('Page.captureScreenshot'))['data'] as string, 'base64')
    },
  }
}

interface Evaluated {
  readonly result: { readonly value: unknown }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}
