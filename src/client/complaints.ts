import { settings } from '@oclif/core'
import type { SnetError } from '../shared/errors.js'
import { errorJson, errorsText, errorText, jsonLine, type PeerError, warningText } from './report.js'
import { writeError } from './terminal.js'

/** How stderr is written: as text for people, or as one JSON object a line, so that a pipeline shows its first cause. */
export interface Complaining {
  readonly isJson: boolean
}

export function showError(error: SnetError, { isJson }: Complaining): void {
  writeError(isJson ? `${jsonLine(errorJson(error))}\n` : errorText(error, settings.debug === true))
}

/** What failed on some of several hosts. */
export function showPeerErrors(failures: readonly PeerError[], { isJson }: Complaining): void {
  writeError(
    isJson
      ? failures.map(({ peer, error }) => `${jsonLine({ peer, ...errorJson(error) })}\n`).join('')
      : errorsText(failures, settings.debug === true),
  )
}

export function showWarning(
  { message, hint }: { message: string; hint?: string | undefined },
  { isJson }: Complaining,
) {
  writeError(isJson ? `${jsonLine({ warning: message, hint })}\n` : warningText(message, hint))
}
