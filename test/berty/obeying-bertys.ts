import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type BertyPeer, createBertyNetwork } from '../../src/sandbox/berty/index.js'
import { scaleOf } from '../../src/sandbox/berty/load.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { tempDir } from '../support/temp-dir.js'
import { type BertyAct, controlFake } from './bertys.js'

/** Fake Bertys, and a command that does to them what BERTY_CONTROL asks for. */
export interface ObeyingBertys extends AsyncDisposable {
  readonly endpoints: readonly string[]
  /** Path of the command. */
  readonly command: string
}

/** At the time of real ones unless BERTY_LOAD_SCALE says otherwise. */
export async function startFakeBertys(count: number): Promise<ObeyingBertys> {
  const life = new Lifecycle()
  const load = { scale: scaleOf(process.env['BERTY_LOAD_SCALE'] ?? '1') }
  const network = await life.own('bertys', createBertyNetwork({ seed: 'obeying', load }))
  const peers: BertyPeer[] = []
  for (let at = 1; at <= count; at++) peers.push(await network.startPeer({ name: `berty${at}` }))
  const server = createServer((request, response) => {
    const [act = '', number] = (request.url ?? '').slice(1).split('/')
    const peer = peers[Number(number) - 1]
    const done = peer ? controlFake(peer, act as BertyAct) : Promise.reject(new Error(`there is no Berty ${number}`))
    done.then(
      () => response.end(),
      (fault: unknown) => response.writeHead(400).end(String(fault)),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  await life.own('commands', { [Symbol.asyncDispose]: async () => void server.close() })
  const directory = await tempDir()
  await life.own('command', { [Symbol.asyncDispose]: directory.remove })
  const command = join(directory.path, 'control.mjs')
  await writeFile(command, commandFor((server.address() as AddressInfo).port), { mode: 0o700 })
  return {
    ...{ endpoints: peers.map(({ endpoint }) => endpoint), command },
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

const commandFor = (port: number): string => `#!${process.execPath}
const [act, number] = process.argv.slice(2)
const answer = await fetch(\`http://127.0.0.1:${port}/\${act}/\${number}\`)
if (!answer.ok) console.error(await answer.text())
process.exitCode = answer.ok ? 0 : 1
`
