import type { EscrowDeps } from '../escrow/index.js'
import type { ClaimStore } from '../ports.js'

export interface ClaimsDeps extends Pick<EscrowDeps, 'channels' | 'escrow' | 'blocks' | 'signers' | 'terms'> {
  readonly store: ClaimStore
}
