import { Errors } from '@oclif/core'
import { SnetError, toSnetError } from '../shared/errors.js'
import { EXIT_CODES } from './exit-codes.js'

/** A failure as it leaves the program. */
export interface Report {
  readonly error: SnetError
  readonly exitCode: number
}

/**
 * Anything thrown, as what the user is told and the code the process ends with.
 *
 * @param help command line that explains the command, named in the hint of a usage error
 */
export function reportOf(thrown: unknown, help: string): Report {
  const cause = firstCause(thrown)
  if (isUsageError(cause)) return { error: usageError(cause, help), exitCode: cause.oclif.exit ?? 2 }
  const error = toSnetError(cause)
  return { error, exitCode: EXIT_CODES[error.kind] }
}

/** When both opening and closing fail, the runtime wraps both errors; the user has to know the first one. */
export function firstCause(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.name === 'SuppressedError' && 'suppressed' in thrown
    ? firstCause(thrown.suppressed)
    : thrown
}

/** What oclif finds wrong with a command line, or a command says with `this.error`; `exit()` is not an error. */
function isUsageError(thrown: unknown): thrown is Errors.CLIError {
  return thrown instanceof Errors.CLIError && !(thrown instanceof Errors.ExitError)
}

function usageError(cause: Errors.CLIError, help: string): SnetError {
  const message = cause.message.replace(/\n+See more help with --help$/, '')
  const hint = cause.suggestions?.join('\n') ?? `Run "${help}" for usage.`
  return new SnetError('invalid-request', message, { hint, cause })
}
