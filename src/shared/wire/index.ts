export { connectionFault } from './connection-text.js'
export { answerUnary, statusOfFailure } from './answer.js'
export {
  bertyCodecs,
  bertyMessengerService,
  type BertyMethod,
  type BertyProtocolPackage,
  bertyProtocolService,
  type BertyService,
  type Codec,
} from './berty.js'
export {
  BERTY,
  type BertyAccountGroupJoined,
  type BertyAppMessage,
  type BertyChainKeyAdded,
  type BertyErrorStatus,
  type BertyGroup,
  type BertyInitialMember,
  type BertyInvite,
  type BertyLink,
  type BertyMedia,
  type BertyMemberDeviceAdded,
  type BertyMessageEvent,
  type BertyMessengerMethods,
  type BertyMetadataEvent,
  type BertyMetadataPayload,
  type BertyNamedGroup,
  type BertyDevicePeer,
  type BertyProtocolMethods,
  type BertyReplicating,
  type BertyUserMessage,
} from './berty-messages.js'
export { CALCULATOR_PROTO, type CalculatorHandlers, loadCalculatorService } from './calculator-service.js'
export { wireFields } from './fields.js'
export { parsePrice } from './price-answer.js'
export { RETRY_PUSHBACK_TRAILER, retryInfo, STATUS_DETAILS_TRAILER } from './retry-advice.js'
export {
  type CallerAuthentication,
  type ConfigurationParameter,
  type ConfigurationRequest,
  type ConfigurationResponse,
  loadConfigurationService,
  type ProcessingStatus,
  type UpdateRequest,
} from './configuration-service.js'
export { connectControl, type ControlClient, getStatus, type KeptPayments } from './control-client.js'
export type { KeptStore, StoredStore } from './kept-store.js'
export { LINES_BATCH } from './storage-client.js'
export {
  type ExportStorageMessage,
  type FreeCallUserEntry,
  type FreeCallUserReply,
  type FreeCallUserRequest,
  type GateMessage,
  type HoldMessage,
  type ImportStorageMessage,
  type ImportStorageReplyMessage,
  type InfraStatusMessage,
  type KeptChannelMessage,
  type KeptChannelsMessage,
  type KeptClaimMessage,
  type KeptClaimsMessage,
  type ListChannelsMessage,
  loadControlService,
  type StatusMessage,
  type StorageFaultMessage,
  type StorageFaultsMessage,
  type StorageLinesMessage,
  type UnlockChannelMessage,
  type UnlockChannelReplyMessage,
} from './control-service.js'
export {
  type HealthCheckRequest,
  type HealthCheckResponse,
  type HealthListRequest,
  type HealthListResponse,
  loadHealthService,
} from './health-service.js'
export type { LegacyMethods } from './legacy-messages.js'
export { loadDefinition, loadService } from './protos.js'
export {
  loadProviderControl,
  type PaymentReply,
  type PaymentsListReply,
  type PaymentsListRequest,
  type StartClaimRequest,
  type StartClaimsRequest,
} from './provider-control.js'
export { boundText as boundedText, fromServiceError, toServiceError } from './service-errors.js'
export {
  type ChannelStateReply,
  type ChannelStateRequest,
  type FreeCallStateReply,
  type FreeCallStateRequest,
  type FreeCallTokenReply,
  type FreeCallTokenRequest,
  loadFreeCallService,
  loadStateService,
} from './state-service.js'
export {
  type AllModelsRequest,
  type AuthValidateRequest,
  type CommonRequest,
  loadTrainingDaemon,
  loadTrainingModel,
  type MethodMetadata,
  type MethodMetadataRequest,
  type ModelID,
  type ModelResponse,
  type ModelsResponse,
  type NewModel,
  type NewModelRequest,
  type PriceInBaseUnit,
  type StatusResponse,
  type TrainingAuthorization,
  type TrainingMetadata,
  type UpdateModelRequest,
  type UploadAndValidateRequest,
  type UploadInput,
  type ValidateRequest,
} from './training-service.js'
export {
  loadReflectionService,
  REFLECTION_VERSIONS,
  type ReflectionRequest,
  type ReflectionResponse,
} from './reflection-service.js'
export { loadTokenService, type TokenReplyMessage, type TokenRequestMessage } from './token-service.js'
export { ERROR_HINT_TRAILER, ERROR_KIND_TRAILER, GRPC_STATUS, PROXIED_STATUS } from './status.js'
export {
  type CallContext,
  lastingMethod,
  type Offer,
  type OwnMethod,
  type PaidMethod,
  unaryMethod,
} from './own-method.js'
export { escrowHeaders, HEADER } from './payment-headers.js'
export {
  alertBody,
  alertPost,
  balancePath,
  channelBody,
  daemonId,
  isVerified,
  meteringPost,
  type ReportAuthor,
  type ReportedCall,
  type ReportedChannel,
  type ReportedTrouble,
  reportHeaders,
  type ReportingDaemon,
  type ReportRequest,
  USAGE_PATH,
  usageBody,
  verifyRequest,
} from './reports.js'
export { type CallExtras, onlyAnswer } from './raw-call.js'
export { type Connection, openConnection } from './raw-client.js'
export { providerCalls } from './provider-client.js'
export { getChannelState } from './state-client.js'
export { grpcStatus, startGrpcServer } from './server.js'
export type {
  GetPeerRequestMessage,
  PeerMessage,
  ListCostsMessage,
  NewestLiveMessage,
  ConnectPeerRequestMessage,
  ProbePeerRequestMessage,
  ReliabilityMessage,
  OutageMessage,
  AddReplicationRequestMessage,
  AddReplicationReplyMessage,
  UploadLogsRequestMessage,
  UploadLogsReplyMessage,
  GetClockRequestMessage,
  ClockMessage,
  ResetRequestMessage,
  ResetReplyMessage,
  CreateGroupRequestMessage,
  GetInviteRequestMessage,
  InviteFormat,
  InviteMessage,
  JoinGroupRequestMessage,
  GroupRequestMessage,
  ListGroupsRequestMessage,
  GroupListMessage,
  GroupMessage,
  MemberMessage,
  ListMessagesRequestMessage,
  TextMessage,
  TestPlanMessage,
  NewTestRequestMessage,
  StartTestRequestMessage,
  StopTestRequestMessage,
  ListTestsRequestMessage,
  TestListMessage,
  TestMessage,
  ListRunsRequestMessage,
  RunListMessage,
  RunSummaryMessage,
  GetRunRequestMessage,
  RunPartMessage,
  KeepClocksRequestMessage,
  HostClockMessage,
  TestPartMessage,
  KeyEpochMessage,
  ReadLedgerRequestMessage,
  LedgerPageMessage,
  SentEntryMessage,
  ReceivedEntryMessage,
  AckEntryMessage,
  InfraCalls,
  InfraStreams,
} from './infra-messages.js'
export { loadInfraService } from './infra-service.js'
export { type InfraAccess, type InfraClient, openInfraClient } from './infra-client.js'
