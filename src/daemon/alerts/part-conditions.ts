import type { HealthReport } from '../observability/index.js'
import type { Condition } from './conditions.js'

/** What is told of parts that are not well; the first is the reference's own (snet-wire 8.3). */
const MESSAGES: Readonly<Record<string, string>> = {
  service: 'Problem in calling Service Heartbeat endpoint.',
  chain: 'The Ethereum node is away.',
  store: 'The payment store cannot be relied on.',
  etcd: 'The etcd that this daemon runs is not well.',
  certificate: 'The certificate that clients are shown has to be seen to.',
  metering: 'The metering service does not take reports.',
}

/** Each part as a condition; a reason beside ok is what to see to before it is too late. */
export const partConditions = ({ parts }: HealthReport): [part: string, Condition | undefined][] =>
  parts.map(({ part, ok, reason }) => [
    part,
    ok && reason === undefined
      ? undefined
      : {
          message: MESSAGES[part] ?? `${part} has to be seen to.`,
          details: reason ?? '',
          level: ok ? 'WARN' : 'ERROR',
        },
  ])
