export { accountFlags, accountSourceOf } from './account-flags.js'
export { parseSize, parseSpan, parseTimeout } from './amounts.js'
export { channelArg } from './channel-arg.js'
export { ClaimCommand } from './claim-command.js'
export { parseBlockSpan, parseChannel, parseCogs } from './cogs-flags.js'
export { daemonFlags, resolveControlSocket } from './data-dir.js'
export { endInAnyCase } from './end-in-any-case.js'
export { DaemonCommand } from './command.js'
export { follow, giveUpFlag } from './follow.js'
export { freeCallUserFlags } from './free-call-flags.js'
export { KeptCommand } from './kept-command.js'
export { channelLines, claimLines, linesFlag } from './kept-lines.js'
export { showError } from './complaints.js'
export { configFlag, DEFAULT_CONFIG_FILE } from './config-flag.js'
export { escrowFlags, resolveEscrow } from './escrow-flags.js'
export { EXIT_CODES, EXIT_RUNNING } from './exit-codes.js'
export { withGoBooleans } from './go-flags.js'
export { type ProgramName } from './program-name.js'
export { keyFlags, keySourceOf, requireKeySource } from './key-flags.js'
export { type NetworkFlags, networkFlags, resolveNetwork } from './network-flags.js'
export { nothingConfigured } from './nothing-configured.js'
export { readData } from './read-data.js'
export {
  byNumbers,
  type HoldView,
  holdView,
  type KeptChannelView,
  keptChannelView,
  type KeptClaimView,
  keptClaimView,
  renderKeptChannel,
  renderKeptChannels,
  renderKeptClaims,
} from './render/kept.js'
export {
  type ChannelChange,
  changesOf,
  createLiveDisplay,
  type KeptState,
  renderChange,
  type WatchDisplay,
} from './kept-watch/index.js'
export {
  balancesView,
  channelFundsText,
  channelFundsView,
  type ChannelFundsView,
  type BalancesView,
  receiptText,
  renderBalances,
  transactionView,
  type TransactionView,
} from './render/money.js'
export { renderFinding } from './render/doctor.js'
export { renderService } from './render/service.js'
export { renderSettings } from './render/settings.js'
export { renderStatus } from './render/status.js'
export { createStatusScreen, createStatusTeller, type StatusDisplay } from './render/status-watch.js'
export { renderTable } from './render/table.js'
export { runTasks } from './render/tasks.js'
export { firstCause } from './failure.js'
export { errorText } from './error-text.js'
export { SendingCommand } from './sending-command.js'
export { sendingFlags } from './sending-flags.js'
export { daemonSignals, stopOnSignals } from './signals.js'
export { watchReader } from './stdout.js'
export { writeOutOrFail } from './terminal.js'
