import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { packageRoot } from '../../src/shared/package.js'

const DIRECTORY = join(packageRoot, 'test', 'fixtures', 'web-page')

/** What the packages of the page want of node, as far as a browser ever comes there. */
const OF_NODE: Readonly<Record<string, string>> = {
  events: `module.exports = require('eventemitter3')`,
  os: 'module.exports = {}',
  url: 'module.exports = { parse: (text) => new URL(text) }',
}

const nodeForPages: Plugin = {
  name: 'node-for-pages',
  setup(bundler) {
    const filter = new RegExp(`^(?:${Object.keys(OF_NODE).join('|')})$`)
    bundler.onResolve({ filter }, ({ path }) => ({ path, namespace: 'of-node' }))
    bundler.onLoad({ filter: /./, namespace: 'of-node' }, ({ path }) => ({
      contents: OF_NODE[path] as string,
      resolveDir: packageRoot,
    }))
  },
}

export interface PageServer extends AsyncDisposable {
  readonly origin: string
}

/** Bundles the page, as its authors would, for `servePage`. */
export async function bundlePage(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(DIRECTORY, 'page.js')],
    ...{ bundle: true, write: false, platform: 'browser', target: 'chrome110', logLevel: 'error' },
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    inject: [join(DIRECTORY, 'globals.js')],
    plugins: [nodeForPages],
  })
  return Buffer.from(outputFiles[0]?.contents ?? [])
}

/** Serves the page from an origin of its own, as a site does. */
export async function servePage(script: Buffer): Promise<PageServer> {
  const html = await readFile(join(DIRECTORY, 'index.html'))
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : html)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
