import type { MethodDefinition } from '@grpc/grpc-js'
import { onAbort } from '../../shared/abort.js'
import { Cancellation } from '../../shared/cancellation.js'
import { toSnetError } from '../../shared/errors.js'
import { channelId, channelNonce, cogs } from '../../shared/units.js'
import {
  loadTokenService,
  type OwnMethod,
  type TokenReplyMessage,
  type TokenRequestMessage,
  unaryMethod,
} from '../../shared/wire/index.js'
import type { Payments, PrepaidTokenRequest } from '../payments/index.js'
import { NO_BYTES } from './parse-bytes.js'

export const getToken = (payments: Pick<Payments, 'requestToken'>): OwnMethod =>
  takingMoney(
    unaryMethod(definition(), async (message, { signal }) => {
      const cancelled = new Cancellation()
      using _leaving = onAbort(signal, () => cancelled.abort(toSnetError(signal.reason)))
      const { token, planned, used } = await payments.requestToken(parseRequest(message), cancelled)
      return {
        channel_id: message.channel_id ?? '0',
        token,
        planned_amount: uint64(planned),
        used_amount: uint64(used),
      }
    }),
  )

const takingMoney = (method: OwnMethod): OwnMethod => ({ ...method, takesMoney: true })

/** Clients of an unpaid daemon ask all the same, and go on after an empty answer. */
export const getNoToken = (): OwnMethod => unaryMethod(definition(), () => ({}))

const definition = () =>
  loadTokenService().service['GetToken'] as MethodDefinition<TokenRequestMessage, TokenReplyMessage>

const parseRequest = (message: TokenRequestMessage): PrepaidTokenRequest => ({
  payment: {
    channel: channelId(BigInt(message.channel_id ?? '0')),
    nonce: channelNonce(BigInt(message.current_nonce ?? '0')),
    amount: cogs(BigInt(message.signed_amount ?? '0')),
    signature: message.claim_signature ?? NO_BYTES,
  },
  block: BigInt(message.current_block ?? '0'),
  signature: message.signature ?? NO_BYTES,
})

const LARGEST = 2n ** 64n - 1n

/** Amounts over all nonces of a channel may be larger than the wire has room for. */
const uint64 = (amount: bigint): string => String(amount > LARGEST ? LARGEST : amount)
