import { SnetError } from '../../shared/errors.js'
import { isVerified, type ReportRequest } from '../../shared/wire/index.js'

/** Sends one request; `reason` says why there is no answer. */
type Send = (request: ReportRequest) => Promise<{ status: number; text: string } | { reason: string }>

/** Statuses of a host that is there, and of a service behind it that may come. */
const COMES_LATER: readonly number[] = [408, 425, 429]

/**
 * Whether the metering service takes reports of this daemon. Error: `invalid-config` where it says no; `unavailable`
 * where it says nothing, which may be otherwise when there is something to report.
 */
export async function verifyMetering(request: ReportRequest, send: Send): Promise<void> {
  const answer = await send(request)
  const host = new URL(request.url).host
  if ('reason' in answer)
    throw new SnetError('unavailable', `the metering service at ${host} does not answer: ${answer.reason}`)
  const { status, text } = answer
  if (status >= 500 || COMES_LATER.includes(status))
    throw new SnetError('unavailable', `the metering service at ${host} answers HTTP status ${status}`)
  if (status === 200 && isVerified(text)) return
  const what = status === 200 ? 'something else than {"data":"success"}' : `HTTP status ${status}`
  throw new SnetError('invalid-config', `Metering authentication failed: metering_endpoint ${host} answers ${what}`, {
    hint: 'Set metering_endpoint to the metering service, and private_key_for_metering to the key that it knows; or set metering_enabled to false.',
  })
}
