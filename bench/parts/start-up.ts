import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { packageRoot } from '../../src/shared/package.js'
import { ALL, onCore } from '../measure/cores.js'
import { takeTurns } from '../measure/turns.js'
import type { Part } from '../suite/bench.js'
import { STARTS } from '../suite/names.js'
import { openChain, serve, writeDaemonConfig } from '../targets/paid.js'
import { startService } from '../targets/passers.js'

/** A start is short: there is time for more rounds than elsewhere. */
const ROUNDS_FACTOR = 2

const microseconds = async (run: () => unknown): Promise<number> => {
  const start = performance.now()
  await run()
  return (performance.now() - start) * 1e3
}

function runNode(...args: string[]): void {
  const { command, args: all } = onCore(ALL, process.execPath, args)
  const { status, stderr } = spawnSync(command, all, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
}

export const startUp: Part = {
  name: 'start-up',
  purpose:
    'time to start, beside bare node: --help, and the daemon with an embedded store and metadata that it has read before',
  async run({ findings, rounds }) {
    await using life = new Lifecycle()
    const network = await openChain(life, await startService(life))
    const config = await writeDaemonConfig(network, 'starts', {})
    // Off the clock: the daemon is started once more for each round, on what the ones before it have kept.
    const ready = async (): Promise<number> => {
      let daemon: AsyncDisposable | undefined
      const took = await microseconds(async () => {
        daemon = await serve(ALL, config)
      })
      await daemon?.[Symbol.asyncDispose]()
      return took
    }
    const ways: Readonly<Record<string, () => Promise<number>>> = {
      [STARTS.node]: () => microseconds(() => runNode('-e', '0')),
      [STARTS.help]: () => microseconds(() => runNode(join(packageRoot, 'bin', 'run.js'), '--help')),
      [STARTS.ready]: ready,
    }
    await takeTurns(findings, {
      ...{ part: 'start-up', shape: 'time', rounds: rounds * ROUNDS_FACTOR },
      targets: Object.keys(ways).map((name) => ({ name, pid: process.pid })),
      measure: async ({ name }) => ({ wall: await (ways[name] as () => Promise<number>)() }),
    })
  },
}
