import { Errors, type Interfaces, run, settings } from '@oclif/core'
import { commandLine } from './command-line.js'
import { showError } from './complaints.js'
import { packageNamed, type ProgramName } from './program-name.js'
import { reportOf } from './report.js'
import { endWithReader } from './stdout.js'

export interface ProgramOptions {
  readonly name: ProgramName
  /** What was typed after the name. */
  readonly argv: string[]
  /** Directory of the package.json. */
  readonly root: string
  readonly pjson: Interfaces.PJSON
  /** Plugins already loaded, instead of those that the package.json names. */
  readonly plugins?: Map<string, Interfaces.Plugin>
}

/** Runs one command line to its end and leaves its exit code; a failure ends the process. */
export async function runProgram({ name, argv, root, pjson, plugins }: ProgramOptions): Promise<void> {
  // Otherwise oclif looks for sources, with TypeScript loaded, whenever NODE_ENV is "test" or "development".
  settings.enableAutoTranspile = false
  endWithReader()
  // Nobody left to read what we complain about is no reason to fall over.
  process.stderr.on('error', () => undefined)
  try {
    await run(commandLine(name, argv), { root, pjson: packageNamed(name, pjson), ...(plugins && { plugins }) })
  } catch (thrown) {
    process.exit(exitCodeOf(thrown, { name, isJson: wantsJson(argv) }))
  }
}

/** A command has already told its own failure; what went wrong before one was found is told here. */
function exitCodeOf(thrown: unknown, { name, isJson }: { name: ProgramName; isJson: boolean }): number {
  if (thrown instanceof Errors.ExitError) return thrown.oclif.exit ?? 0
  const { error, exitCode } = reportOf(thrown, `${name} --help`)
  showError(error, { isJson })
  return exitCode
}

const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}
