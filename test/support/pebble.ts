import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Child, startChild } from '../../src/sandbox/child.js'
import { answerTo } from '../../src/shared/http-answer.js'
import { makeCertificates } from './certificates.js'
import { freePorts } from './etcd.js'
import { until } from './until.js'

/** A real ACME authority, which looks at ports of ours in place of 80 and 443. It keeps its own port over restarts. */
export interface Pebble extends AsyncDisposable {
  readonly directory: string
  /** Who vouches for the directory's host. */
  readonly ca: Buffer
  readonly caFile: string
  /** What the certificates that it hands out go back to; made anew with each start. */
  root(): Promise<string>
  stop(): Promise<void>
  start(): Promise<void>
}

export async function preparePebble({ httpPort, tlsPort }: { httpPort: number; tlsPort: number }): Promise<Pebble> {
  const certificates = await makeCertificates()
  const { cert, certFile, keyFile } = certificates.make('pebble')
  const [port, managementPort] = (await freePorts(2)) as [number, number]
  const configFile = join(certificates.directory, 'pebble.json')
  await mkdir(certificates.directory, { recursive: true })
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${managementPort}`,
    ...{ certificate: certFile, privateKey: keyFile, httpPort, tlsPort },
    ...{ ocspResponderURL: '', externalAccountBindingRequired: false },
  }
  await writeFile(configFile, JSON.stringify({ pebble }))
  let child: Child | undefined
  const get = async (url: string): Promise<string> => {
    const asking = request(url, { ca: cert, agent: false })
    asking.end()
    return await text(await answerTo(asking))
  }
  const directory = `https://localhost:${port}/dir`
  const stop = async (): Promise<void> => {
    await child?.[Symbol.asyncDispose]()
    child = undefined
  }
  return {
    ...{ directory, ca: cert, caFile: certFile },
    root: () => get(`https://localhost:${managementPort}/roots/0`),
    async start() {
      child = await startChild({
        command: 'pebble',
        args: ['-config', configFile, '-strict'],
        ready: /Listening on: (\S+)/,
        env: { PATH: process.env['PATH'], PEBBLE_VA_NOSLEEP: '1' },
      })
      await until(
        'pebble answers',
        () =>
          get(directory).then(
            () => true,
            () => false,
          ),
        { everyMs: 20 },
      )
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
      await certificates[Symbol.asyncDispose]()
    },
  }
}
