import { isObject } from '../../shared/is-object.js'
import { parseLong, withoutMark } from '../../shared/long-numbers.js'
import { printable, printableLine } from '../../shared/printable.js'
import { cutShort } from '../../shared/short-text.js'
import type { WrittenLine } from '../observability/index.js'

/** A line of the log as hooks tell it: cut to a bound, and without what the log itself does not show. */
export interface LogEvent {
  /** In UTC, as ISO 8601. */
  readonly time: string
  /** As the log has it, in its zone. */
  readonly shownTime: string
  readonly level: string
  readonly message: string
  /** Numbers beyond 2^53 as texts. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Of a fault, with its causes. */
  readonly stack: string | undefined
}

/** Which daemon tells it. */
export interface Identity {
  readonly organization: string
  readonly service: string
  readonly network: string
  /** Version of the daemon. */
  readonly version: string
  readonly host: string
}

const MAX_MESSAGE = 2_000
const MAX_STACK = 6_000
const MAX_FIELDS = 4_000

export function toEvent({ level, json, at }: WrittenLine): LogEvent {
  const parsed: unknown = JSON.parse(JSON.stringify(parseLong(json)), (_name, value: unknown) => withoutMark(value))
  const { level: _level, ts, msg, error, ...fields } = isObject(parsed) ? parsed : {}
  const stack = typeof error === 'string' ? error : undefined
  const all = stack === undefined && error !== undefined ? { ...fields, error } : fields
  const text = JSON.stringify(all)
  return {
    time: new Date(at).toISOString(),
    shownTime: String(ts),
    level,
    message: cutShort(String(msg), MAX_MESSAGE),
    fields: text.length > MAX_FIELDS ? { cut: cutShort(text, MAX_FIELDS) } : all,
    stack: stack && cutShort(stack, MAX_STACK),
  }
}

/** What the reference's mails and messages say, line by line; fields are ours. */
export function eventText(event: LogEvent, { organization, service, network, version, host }: Identity): string {
  const { time, shownTime, level, message, fields, stack } = event
  const lines = {
    OrgID: organization,
    ServiceID: service,
    Network: network,
    Host: host,
    'Daemon version': version,
    'Log level': level,
    'Time UTC': time,
    Time: shownTime,
    Message: printableLine(message),
    ...(Object.keys(fields).length > 0 && { Fields: printable(JSON.stringify(fields)) }),
    ...(stack !== undefined && { Stack: printable(stack) }),
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

export const skippedText = (skipped: number): string =>
  skipped === 0 ? '' : `Lines left out before these, because they were too many or could not be sent: ${skipped}`
