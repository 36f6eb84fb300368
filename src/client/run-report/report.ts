/** The report of a run. Its keys are stable; docs/reference/run-report.schema.json describes it for programs. */
export interface RunReport {
  readonly run: {
    readonly id: string
    /** Of the tests, when they share one. */
    readonly seed: string | null
    /** RFC 3339, UTC. */
    readonly started: string | null
    /** Null while a part of it runs. */
    readonly ended: string | null
    readonly plan: readonly PlannedTest[]
  }
  readonly peers: readonly ReportedPeer[]
  /**
   * Whether every host that takes part has answered and ended its part: until then the moment that tells late from
   * delivered is not known, and every number may still change.
   */
  readonly complete: boolean
  readonly tests: readonly ReportedTest[]
  readonly pairs: readonly ReportedPair[]
  /** Outages and other faults; none are made yet. */
  readonly faults: readonly ReportedFault[]
  /** Of a plan; there are none yet. */
  readonly thresholds: readonly { readonly expression: string; readonly value: number | null; readonly ok: boolean }[]
  /**
   * `running` while a part runs; else `aborted` when one is missing or was stopped; else `failed` when something
   * expected is lost or a send failed, but for those that the end of their daemon has interrupted; else `passed`.
   */
  readonly verdict: 'passed' | 'failed' | 'aborted' | 'running'
  /** Why the verdict is not `passed`, a sentence each. */
  readonly reasons: readonly string[]
  /** What else whoever reads this should know, a sentence each; nothing of it decides the verdict. */
  readonly notes: readonly string[]
}

export interface PlannedTest {
  readonly group: string
  readonly name: string
  readonly type: 'text' | 'media'
  readonly size: number
  readonly interval_ms: number
  readonly amount: number
  /** Messages by second; null in the closed model. */
  readonly rate: number | null
  readonly seed: string
}

export interface ReportedPeer {
  readonly name: string
  readonly address: string
  /** Of the account; in a group every device has another key. */
  readonly device_pk: string | null
  readonly berty_version: string | null
  readonly era: string | null
  readonly daemon_version: string | null
  /** Its clock minus the controller's, and how wrong that may be; once a run is over, as they were compared first after it. */
  readonly clock_offset_ms: number | null
  readonly clock_error_ms: number | null
  /** Why its part could not be had. */
  readonly error: string | null
}

export interface Counts {
  /** Sends that Berty answered with an id: stored there, not yet delivered anywhere. */
  readonly sent: number
  readonly send_errors: number
  /** No answer, and not to be found out: may have gone out. Counted nowhere else. */
  readonly sent_unknown: number
  /** Sends × members with whom the sender's key was shared when it sent. */
  readonly expected: number
  /** Of the expected: first read at that member before the last part of the run ended, its drain included. */
  readonly delivered: number
  /**
   * Of the expected: first read at that member after that, when this report was fetched. Null where a daemon of an older
   * version does not tell: all that it has read is delivered then.
   */
  readonly late: number | null
  /** Of the expected: not read at that member when this report was fetched. A later report may find it late. */
  readonly lost: number
  /** The same event again within one stream, or the same message under another id. */
  readonly duplicated: number
  /** First copies received live behind a later one of that sender (RFC 4737). */
  readonly out_of_order: number
  /** Acknowledgements of these messages that came back to the sender. */
  readonly acknowledged: number
  /** Sizes of the delivered messages, added up. */
  readonly bytes: number
  /** delivered / expected; null when nothing is expected. */
  readonly delivery_ratio: number | null
  /** One way, from handing over to Berty to being read at the member, of what was received live. */
  readonly latency_ms: Figures
  /** Of the delivered: how many were first read from the history, and how long after their send, in ms. */
  readonly from_history: { readonly count: number } & Pick<Figures, 'p50' | 'p90' | 'p99'>
  /** From the send until an acknowledgement is back before the end of the run, on the sender's clock alone. */
  readonly ack_ms: Figures
}

/** Nearest-rank percentiles in ms; null without any sample. */
export interface Figures {
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly max: number | null
  /** Each figure may be off by so much; null when a clock involved is unknown, 0 when only one clock is. */
  readonly clock_error: number | null
}

export interface ReportedTest extends Counts {
  readonly group: string
  readonly name: string
  readonly type: 'text' | 'media'
  /** A media test whose bytes went as text, because that Berty has no media. */
  readonly sent_as_text: boolean
}

export interface ReportedPair extends Counts {
  readonly group: string
  readonly name: string
  /** Names of peers. */
  readonly from: string
  readonly to: string
}

export interface ReportedFault {
  readonly kind: string
  readonly peer: string
  readonly started: string
  readonly ended: string | null
  readonly recovery_ms: number | null
}
