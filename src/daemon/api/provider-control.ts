import type { MethodDefinition } from '@grpc/grpc-js'
import { channelId, uint256Bytes } from '../../shared/units.js'
import {
  loadProviderControl,
  type OwnMethod,
  type PaymentReply,
  type PaymentsListReply,
  type PaymentsListRequest,
  type StartClaimRequest,
  type StartClaimsRequest,
  unaryMethod,
} from '../../shared/wire/index.js'
import type {
  ClaimInProgress,
  Claims,
  ListClaims,
  PendingClaim,
  StartClaim,
  StartClaims,
  Unclaimed,
} from '../payments/index.js'
import { NO_BYTES, parseChannelId } from './parse-bytes.js'

/** What the provider asks with the key of the payment address. Empty answers where calls are not paid (snet-wire 1.3). */
export function providerMethods(claims: Claims | undefined): OwnMethod[] {
  const { GetListUnclaimed, GetListInProgress, StartClaim, StartClaimForMultipleChannels } = definitions()
  if (!claims) {
    const empty = () => ({})
    return [
      unaryMethod(GetListUnclaimed, empty),
      unaryMethod(GetListInProgress, empty),
      unaryMethod(StartClaim, empty),
      unaryMethod(StartClaimForMultipleChannels, empty),
    ]
  }
  return [
    unaryMethod(GetListUnclaimed, async (request) => listOf(await claims.unclaimed(parseList(request)), toUnclaimed)),
    unaryMethod(GetListInProgress, async (request) =>
      listOf(await claims.inProgress(parseList(request)), toInProgress),
    ),
    unaryMethod(StartClaim, async (request) => toClaim(await claims.start(parseStart(request)))),
    unaryMethod(StartClaimForMultipleChannels, async (request) =>
      listOf(await claims.startMany(parseStarts(request)), toClaim),
    ),
  ]
}

interface Definitions {
  readonly GetListUnclaimed: MethodDefinition<PaymentsListRequest, PaymentsListReply>
  readonly GetListInProgress: MethodDefinition<PaymentsListRequest, PaymentsListReply>
  readonly StartClaim: MethodDefinition<StartClaimRequest, PaymentReply>
  readonly StartClaimForMultipleChannels: MethodDefinition<StartClaimsRequest, PaymentsListReply>
}

const definitions = () => loadProviderControl().service as unknown as Definitions

const parseList = ({
  mpe_address = '',
  current_block = '0',
  signature = NO_BYTES,
}: PaymentsListRequest): ListClaims => ({
  mpe: mpe_address,
  block: BigInt(current_block),
  signature,
})

const parseStart = ({
  mpe_address = '',
  channel_id,
  signature = NO_BYTES,
  sendback = false,
}: StartClaimRequest): StartClaim => ({
  mpe: mpe_address,
  channel: parseChannelId(channel_id),
  signature,
  sendback,
})

const parseStarts = ({
  mpe_address = '',
  channel_ids = [],
  current_block = '0',
  signature = NO_BYTES,
}: StartClaimsRequest): StartClaims => ({
  mpe: mpe_address,
  channels: channel_ids.map((id) => channelId(BigInt(id))),
  block: BigInt(current_block),
  signature,
})

const listOf = <Item>(items: readonly Item[], toReply: (item: Item) => PaymentReply): PaymentsListReply => ({
  payments: items.map(toReply),
})

/** Never with a signature: clients refuse the whole list then. */
const toUnclaimed = ({ channel, nonce, amount, expiration }: Unclaimed): PaymentReply => ({
  channel_id: uint256Bytes(channel),
  channel_nonce: uint256Bytes(nonce),
  signed_amount: uint256Bytes(amount),
  channel_expiry: uint256Bytes(expiration),
})

const toClaim = ({ channel, nonce, amount, signature, sendback }: PendingClaim): PaymentReply => ({
  channel_id: uint256Bytes(channel),
  channel_nonce: uint256Bytes(nonce),
  signed_amount: uint256Bytes(amount),
  signature,
  ...(sendback && { sendback }),
})

const toInProgress = ({ expiration, ...claim }: ClaimInProgress): PaymentReply => ({
  ...toClaim(claim),
  ...(expiration !== undefined && { channel_expiry: uint256Bytes(expiration) }),
})
