import { Samples } from './figures.js'
import type { Counts, Figures } from './report.js'

/** Counts of one pair, or of everything that a test adds up to. */
export class Tally {
  sent = 0
  sendErrors = 0
  sentUnknown = 0
  expected = 0
  delivered = 0
  late = 0
  /** False where a daemon involved does not tell when a message was first read. */
  isLateKnown = true
  /** The send errors that are sends interrupted by the end of a daemon or a test, which never went out. */
  interrupted = 0
  /** Of the delivered: first read from the history. */
  fromHistory = 0
  duplicated = 0
  outOfOrder = 0
  acknowledged = 0
  bytes = 0
  /** The most that its latencies may be wrong by; undefined once a clock is unknown. */
  clockErrorUs: number | undefined = 0
  /** Of what was received live. */
  readonly latency = new Samples()
  /** Of what was first read from the history: how long its reader was away. */
  readonly historyLatency = new Samples()
  readonly ack = new Samples()

  /** Adds what happened between two peers; what was sent is added by the sender, since it is sent to all at once. */
  addPair(pair: Tally): void {
    this.expected += pair.expected
    this.delivered += pair.delivered
    this.late += pair.late
    this.isLateKnown &&= pair.isLateKnown
    this.fromHistory += pair.fromHistory
    this.duplicated += pair.duplicated
    this.outOfOrder += pair.outOfOrder
    this.acknowledged += pair.acknowledged
    this.bytes += pair.bytes
    this.clockErrorUs =
      this.clockErrorUs === undefined || pair.clockErrorUs === undefined
        ? undefined
        : Math.max(this.clockErrorUs, pair.clockErrorUs)
    this.latency.addAll(pair.latency)
    this.historyLatency.addAll(pair.historyLatency)
    this.ack.addAll(pair.ack)
  }

  addSends(sends: Pick<Tally, 'sent' | 'sendErrors' | 'sentUnknown' | 'interrupted'>): void {
    this.sent += sends.sent
    this.sendErrors += sends.sendErrors
    this.sentUnknown += sends.sentUnknown
    this.interrupted += sends.interrupted
  }

  counts(): Counts {
    return {
      sent: this.sent,
      send_errors: this.sendErrors,
      sent_unknown: this.sentUnknown,
      expected: this.expected,
      delivered: this.delivered,
      late: this.isLateKnown ? this.late : null,
      lost: this.expected - this.delivered - this.late,
      duplicated: this.duplicated,
      out_of_order: this.outOfOrder,
      acknowledged: this.acknowledged,
      bytes: this.bytes,
      delivery_ratio: this.expected === 0 ? null : this.delivered / this.expected,
      latency_ms: this.latency.figures(this.clockErrorUs),
      from_history: { count: this.fromHistory, ...historyFigures(this.historyLatency) },
      // Both ends are measured by the sender's clock.
      ack_ms: this.ack.figures(0),
    }
  }
}

function historyFigures(samples: Samples): Pick<Figures, 'p50' | 'p90' | 'p99'> {
  const { p50, p90, p99 } = samples.figures(0)
  return { p50, p90, p99 }
}
