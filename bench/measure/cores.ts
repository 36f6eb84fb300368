import { cpus } from 'node:os'
import { join } from 'node:path'

/** What is measured has a core of its own; those who make the calls and answer them share the other. */
export const MEASURED = '0'
export const OTHERS = '1'
/** For what nobody else runs beside. */
export const ALL = `0-${cpus().length - 1}`

export const onCore = (core: string, command: string, args: readonly string[]) => ({
  command: 'taskset',
  args: ['-c', core, command, ...args],
})

/** One of the programs of this bench, beside which this file is once it is built. */
export const programOn = (core: string, name: string, ...args: string[]) =>
  onCore(core, process.execPath, [join(import.meta.dirname, 'programs', `${name}.js`), ...args])
