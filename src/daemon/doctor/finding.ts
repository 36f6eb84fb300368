import { SnetError } from '../../shared/errors.js'

/** What one check has found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string
  readonly level: 'ok' | 'warn' | 'fail'
  readonly message: string
  /** What to do about it. */
  readonly cure?: string
}

export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message })

export const warn = (check: string, message: string, cure: string): Finding => ({ check, level: 'warn', message, cure })

export const fail = (check: string, message: string, cure: string): Finding => ({ check, level: 'fail', message, cure })

/** A failure as it is told anywhere else, with its own cure where it names one. */
export function failed(check: string, thrown: unknown, cure: string): Finding {
  if (thrown instanceof SnetError) return fail(check, thrown.message, thrown.hint ?? cure)
  return fail(check, thrown instanceof Error ? thrown.message : String(thrown), cure)
}
