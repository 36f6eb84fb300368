import type { SnetError } from '../shared/errors.js'
import {
  errorJson,
  errorsText,
  errorText,
  type ErrorTextOptions,
  jsonLine,
  type PeerError,
  warningText,
} from './error-text.js'
import { terminalWidth } from './render/wrap.js'
import { writeError } from './terminal.js'

/**
 * How stderr is written: as text for people, or as one JSON object a line, so that a pipeline shows its first cause.
 */
export interface Complaining {
  readonly isJson: boolean
}

/** The same variable works under both names of the program. */
const isDebugging = (): boolean =>
  ['SNETD_DEBUG', 'INFRA_DEBUG'].some((name) => /^(?:1|true|y|yes)$/i.test(process.env[name] ?? ''))

const options = (): ErrorTextOptions => ({ withStack: isDebugging(), width: terminalWidth(process.stderr) })

export function showError(error: SnetError, { isJson }: Complaining): void {
  writeError(isJson ? `${jsonLine(errorJson(error))}\n` : errorText(error, options()))
}

/** What failed on some of several hosts. */
export function showPeerErrors(failures: readonly PeerError[], { isJson }: Complaining): void {
  writeError(
    isJson
      ? failures.map(({ peer, error }) => `${jsonLine({ peer, ...errorJson(error) })}\n`).join('')
      : errorsText(failures, options()),
  )
}

export function showWarning(
  { message, hint }: { message: string; hint?: string | undefined },
  { isJson }: Complaining,
) {
  writeError(isJson ? `${jsonLine({ warning: message, hint })}\n` : warningText(message, hint, options()))
}
