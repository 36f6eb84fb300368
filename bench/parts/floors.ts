import { spawnSync } from 'node:child_process'
import { MEASURED, programOn } from '../measure/cores.js'
import { type Needed, takeTurns } from '../measure/turns.js'
import type { Part } from '../suite/bench.js'

const FLOORS = [
  { name: 'one page written and flushed (fdatasync)', floor: 'flush', times: 200 },
  { name: 'one signer recovered', floor: 'recover', times: 2_000 },
]

export const floors: Part = {
  name: 'floors',
  purpose:
    'what a paid call cannot undercut: one fdatasync, one recovery of a signer (bare sockets are among those who pass on)',
  async run({ findings, rounds, directory }) {
    await takeTurns(findings, {
      ...{ part: 'floors', shape: 'one at a time', rounds },
      targets: FLOORS.map((floor) => ({ ...floor, pid: process.pid })),
      measure({ floor, times }): Needed {
        const { command, args } = programOn(MEASURED, 'floor', floor, directory, String(times))
        const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
        if (status !== 0) throw new Error(stderr)
        return JSON.parse(stdout) as Needed
      },
    })
  },
}
