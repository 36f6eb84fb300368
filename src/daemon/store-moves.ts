import { toAddress } from '../ethereum/index.js'
import type { KeptStore } from '../shared/wire/index.js'
import { createKeptStore, type KeptStoreDeps } from './moving/index.js'
import type { Signers } from './payments/ports.js'
import { movedTablesOf } from './stored-tables.js'

/** How an open store is written out, merged into and looked through. */
export const createStoreMoves = ({
  storage,
  identity,
  signers,
}: Pick<KeptStoreDeps, 'storage' | 'identity'> & { readonly signers: Pick<Signers, 'ofPayment'> }): KeptStore =>
  createKeptStore({
    storage,
    identity,
    tables: movedTablesOf(identity),
    signerOf: (mpe, payment) => signers.ofPayment(mpe, payment),
    toAddress,
    now: Date.now,
    holdWaitMs: 5_000,
  })
