import {
  channelStateMessage,
  curve,
  listInProgressMessage,
  listUnclaimedMessage,
  paymentMessage,
  RecoveryThreads,
  selfTestSignatures,
  signerOf,
  startClaimMessage,
  startClaimsMessage,
  toChainSignature,
  tokenRequestMessage,
} from '../../ethereum/index.js'
import type { Log, Metrics } from '../observability/index.js'
import type { Address } from '../../shared/units.js'
import type { ProviderRequest, Signers } from '../payments/ports.js'
import { countRecovered } from './recovery-figures.js'

/** Signature checks, after proof that this host computes them rightly. Error: `bug` when the self-test fails. */
export function openSigners({ log, threads }: { log: Log; threads?: RecoveryThreads | undefined }): Signers {
  selfTestSignatures()
  if (curve.implementation === 'wasm') {
    log.warn('no native secp256k1 for this platform: signatures are checked in WebAssembly, 2.5 times slower')
  }
  return {
    ofPayment(mpe, payment) {
      const signature = toChainSignature(payment.signature)
      const signer = signature && signerOf(paymentMessage(mpe, payment), signature)
      if (signature) threads?.noteHere()
      return signer && { signer, signature }
    },
    ...(threads?.isEmpty === false && {
      ofPaymentApart(mpe, payment) {
        const signature = toChainSignature(payment.signature)
        if (!signature) return undefined
        const recovering = threads.recover(paymentMessage(mpe, payment), signature)
        return recovering?.then((signer) => signer && { signer, signature })
      },
    }),
    ofStateRequest: (mpe, { channel, block, signature }) =>
      signerOf(channelStateMessage(mpe, channel, block), signature),
    ofTokenRequest: ({ claimSignature, block, signature }) =>
      signerOf(tokenRequestMessage(claimSignature, block), signature),
    ofProvider: (mpe, request, signature) => signerOf(providerMessage(mpe, request), signature),
  }
}

/** Threads that recover signers of payments. What ails them is told, and harms no payment. */
export function openRecoveryThreads(count: number, { log, metrics }: { log: Log; metrics: Metrics }): RecoveryThreads {
  return new RecoveryThreads(count, {
    onRecovered: countRecovered(metrics),
    onFault: (reason, againMs) =>
      log.warn(
        'a thread that recovers signatures has ended; payments are checked without it until it is started again',
        {
          reason,
          again_ms: againMs,
        },
      ),
  })
}

function providerMessage(mpe: Address, request: ProviderRequest): Uint8Array {
  switch (request.asks) {
    case 'unclaimed':
      return listUnclaimedMessage(mpe, request.block)
    case 'in progress':
      return listInProgressMessage(mpe, request.block)
    case 'claim':
      return startClaimMessage(mpe, request)
    case 'claims':
      return startClaimsMessage(mpe, request.channels, request.block)
  }
}
