import { fail, type Finding, ok, warn } from './finding.js'

/** Servers tell whole seconds, and their answers take their time. */
const SMALL_MS = 5_000
/** Certificates, tokens and leases of others are judged by the clock. */
const LARGE_MS = 60_000

/** @param theirs what another host says the time is, in milliseconds since 1970 */
export function checkClock(theirs: number | undefined, now: number): Finding {
  if (theirs === undefined || Number.isNaN(theirs)) return ok('clock', 'nobody tells another time')
  const off = now - theirs
  const seconds = Math.round(Math.abs(off) / 1000)
  const message = `this host is ${seconds} s ${off > 0 ? 'ahead of' : 'behind'} the Ethereum node`
  if (Math.abs(off) < SMALL_MS) return ok('clock', 'as the Ethereum node has it')
  const cure = 'Have the clock kept right, as by systemd-timesyncd or chrony.'
  return Math.abs(off) < LARGE_MS ? warn('clock', message, cure) : fail('clock', message, cure)
}
