import { status } from '../../../../shared/grpc-status.js'
import { printable } from '../../../../shared/printable.js'
import { StatusError } from '../../failure.js'

/** What clients of the reference are told of a program that did not answer (snet-wire 4.5). */
export const processFailed = (reason: string, output: string): StatusError =>
  new StatusError(status.INTERNAL, `process failed: ${reason}; output=${printable(output)}`, {
    kind: 'upstream-failed',
    hint: 'The program of the provider failed. The call cost nothing.',
  })

/** Enough for an error message, and no more than fits beside other headers. */
export const MAX_OUTPUT_TOLD = 500
