export { behindMs, type ClockOfDevice, readClocks } from './backlog.js'
export { parseReliability } from './reliability.js'
export { CALL_TIMEOUT_MS, Fleet, type FleetPeer } from './fleet.js'
export { groupArg, knownGroup, newGroupArg, optionalGroupArg, optionalTestArg, testArg } from './group-args.js'
export { fleetFlags, fleetFlagWords, resolveTargets } from './fleet-flags.js'
export { FleetCommand, type PeerResult } from './fleet-command.js'
export { inviteNotes } from './invite-texts.js'
export { readInvite } from './invites.js'
export { bertyAddress, formatOf, inviteFormat, planOf } from './plan.js'
export { LiveTests, nextStep } from './live-tests.js'
export { followMessages } from './follow-messages.js'
export { listRuns } from './list-runs.js'
export { renderReport } from './report-table.js'
export { fetchReport } from './run-report.js'
export type { RunReport } from '../run-report/index.js'
export { shareGroup } from './share-group.js'
export { isAway } from './missing-hosts.js'
export { startRun } from './start-run.js'
export {
  groupTable,
  probeTable,
  runTable,
  asLists,
  messageLine,
  peerLine,
  peerTable,
  readingTable,
  testLine,
  testTable,
} from './tables.js'
export {
  groupView,
  type GroupView,
  inviteView,
  type InviteView,
  messageView,
  type MessageView,
  peerView,
  probeView,
  type PeerView,
  reliabilityView,
  testView,
  type TestView,
} from './views.js'
