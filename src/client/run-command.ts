import { Errors, type Interfaces, run, settings } from '@oclif/core'
import { showError } from './complaints.js'
import { reportOf } from './failure.js'
import { packageNamed, type ProgramName } from './program-name.js'

export interface CommandRun {
  readonly name: ProgramName
  /** The command's words, then its flags and arguments. */
  readonly argv: string[]
  readonly isJson: boolean
  readonly root: string
  readonly pjson: Interfaces.PJSON
  readonly plugins: Map<string, Interfaces.Plugin> | undefined
}

/** Runs one command to its end and leaves its exit code; a failure ends the process. */
export async function runCommand({ name, argv, isJson, root, pjson, plugins }: CommandRun): Promise<void> {
  // Keeps oclif from loading TypeScript and looking for sources when NODE_ENV is "test" or "development".
  settings.enableAutoTranspile = false
  try {
    await run(argv, { root, pjson: packageNamed(name, pjson), ...(plugins && { plugins }) })
  } catch (thrown) {
    process.exit(exitCodeOf(thrown, { name, isJson }))
  }
}

/** A command has already told its own failure; what went wrong before it ran is told here. */
function exitCodeOf(thrown: unknown, { name, isJson }: { name: ProgramName; isJson: boolean }): number {
  if (thrown instanceof Errors.ExitError) return thrown.oclif.exit ?? 0
  const { error, exitCode } = reportOf(thrown, `${name} --help`)
  showError(error, { isJson })
  return exitCode
}
