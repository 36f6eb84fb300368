import { channelStateMessage, curve, paymentMessage, selfTestSignatures, signerOf } from '../../ethereum/index.js'
import type { Log } from '../observability/index.js'
import type { Signers } from '../payments/ports.js'

/** Signature checks, after proof that this host computes them rightly. Error: `bug` when the self-test fails. */
export function openSigners({ log }: { log: Log }): Signers {
  selfTestSignatures()
  if (curve.implementation === 'wasm') {
    log.warn('no native secp256k1 for this platform: signatures are checked in WebAssembly, 2.5 times slower')
  }
  return {
    ofPayment: (mpe, payment) => signerOf(paymentMessage(mpe, payment), payment.signature),
    ofStateRequest: (mpe, { channel, block, signature }) =>
      signerOf(channelStateMessage(mpe, channel, block), signature),
  }
}
