import type { MethodDefinition } from '@grpc/grpc-js'
import {
  type FreeCallStateReply,
  type FreeCallStateRequest,
  type FreeCallTokenReply,
  type FreeCallTokenRequest,
  loadFreeCallService,
  type OwnMethod,
  unaryMethod,
} from '../../shared/wire/index.js'
import { type FreeCalls, noFreeCalls } from '../payments/index.js'
import { NO_BYTES } from './parse-bytes.js'

/**
 * What clients ask before they make free calls; all that is asked fails where calls are not paid, in the words of the
 * reference (snet-wire 1.2).
 */
export function freeCallMethods(freeCalls: FreeCalls = NONE): OwnMethod[] {
  const { GetFreeCallToken, GetFreeCallsAvailable } = loadFreeCallService().service
  return [
    unaryMethod(GetFreeCallToken as MethodDefinition<FreeCallTokenRequest, FreeCallTokenReply>, async (request) => {
      const { token, expiration } = await freeCalls.issueToken(parseTokenRequest(request))
      const tokenHex = Buffer.from(token).toString('hex')
      return { token, token_hex: tokenHex, token_expiration_block: String(expiration) }
    }),
    unaryMethod(
      GetFreeCallsAvailable as MethodDefinition<FreeCallStateRequest, FreeCallStateReply>,
      async (request) => ({ free_calls_available: String(await freeCalls.countAvailable(parseState(request))) }),
    ),
  ]
}

const NONE: FreeCalls = {
  issueToken: async () => {
    throw noFreeCalls('error in generating token')
  },
  countAvailable: async () => {
    throw noFreeCalls('error in determining free calls')
  },
}

const parseTokenRequest = ({ token_lifetime_in_blocks: lifetime, ...request }: FreeCallTokenRequest) => ({
  ...parseCaller(request),
  lifetime: lifetime === undefined ? undefined : BigInt(lifetime),
})

const parseState = ({ free_call_token: token = NO_BYTES, ...request }: FreeCallStateRequest) => ({
  ...parseCaller(request),
  token,
})

const parseCaller = ({
  address = '',
  user_id: userId = '',
  signature = NO_BYTES,
  current_block: block = '0',
}: Omit<FreeCallTokenRequest, 'token_lifetime_in_blocks'>) => ({ address, userId, signature, block: BigInt(block) })
