import { bertyCodecs } from '../../../shared/wire/grpc/index.js'

/** Berty's error codes out of the bytes of a google.rpc.Status, outermost first; none where they cannot be read. */
export function detailCodes(status: Uint8Array): number[] {
  try {
    const { details = [] } = bertyCodecs.errorStatus.decode(status)
    return details.flatMap(({ value }) => (value && bertyCodecs.errorDetails.decode(value).codes) ?? [])
  } catch {
    return []
  }
}
