export { RunLedgers } from './ledgers.js'
export { type ClockOffset, endOf, type PeerOfRun } from './parts.js'
export type { Counts, Figures, ReportedPair, ReportedPeer, ReportedTest, RunReport } from './report.js'
export { reportRun } from './report-run.js'
