import { randomBytes } from 'node:crypto'
import { Flags } from '@oclif/core'
import { SnetError } from '../../shared/errors.js'
import { parseHostPort } from '../../shared/host-port.js'
import type { InviteFormat, TestPlanMessage } from '../../shared/wire/index.js'
import { parseSize, parseSpan } from '../amounts.js'

/** What "test new" takes, as the daemon wants it. Error: `invalid-request` naming the flag. */
export function planOf(flags: {
  readonly type: 'text' | 'media'
  readonly size: string
  readonly interval: string
  readonly amount: number
  readonly rate?: string | undefined
  readonly ramp?: string | undefined
  readonly seed?: string | undefined
  readonly drain: string
  readonly 'drain-max'?: string | undefined
  readonly 'media-as-text'?: boolean | undefined
  readonly 'while-away'?: 'pause' | 'fail' | undefined
}): TestPlanMessage {
  return {
    type: flags.type === 'media' ? 'MEDIA' : 'TEXT',
    size: String(parseSize(flags.size)),
    interval_us: String(parseSpan(flags.interval)),
    amount: String(flags.amount),
    rate: flags.rate === undefined ? 0 : parseRate(flags.rate),
    ramp_seconds: flags.ramp === undefined ? 0 : parseSpan(flags.ramp) / 1_000_000,
    // All hosts get the same one, so that the run has a seed that can be reported and used again.
    seed: flags.seed ?? randomBytes(8).toString('hex'),
    media_as_text: flags['media-as-text'] ?? false,
    while_away: flags['while-away'] === 'fail' ? 'FAIL' : 'PAUSE',
    drain_us: String(parseSpan(flags.drain)),
    ...(flags['drain-max'] !== undefined && { drain_max_us: String(parseSpan(flags['drain-max'])) }),
  }
}

function parseRate(written: string): number {
  const rate = Number(written)
  if (written.trim() !== '' && Number.isFinite(rate) && rate > 0) return rate
  throw new SnetError('invalid-request', `--rate: "${written}" is not a number of messages per second`)
}

const FORMATS = ['proto', 'gob', 'url'] as const

export const inviteFormat = Flags.option({
  summary: 'Format of the invite; by default the infra_invite_format of the host.',
  options: FORMATS,
})()

export const formatOf = ({
  format,
}: {
  readonly format?: (typeof FORMATS)[number] | undefined
}): { format?: InviteFormat } => (format === undefined ? {} : { format: format.toUpperCase() as InviteFormat })

/** HOST and PORT of HOST:PORT, as the daemon takes them. Error: `invalid-request`. */
export function bertyAddress(written: string | undefined): { host: string; port: string } {
  const found = parseHostPort(written ?? '')
  if (found !== undefined) return { host: found.host, port: String(found.port) }
  const what =
    written === undefined || written === '' ? 'no address of a Berty given' : `"${written}" is not HOST:PORT of a Berty`
  throw new SnetError('invalid-request', what, {
    hint: 'For example 127.0.0.1:9091; an inventory can name it for each host as "berty".',
  })
}
