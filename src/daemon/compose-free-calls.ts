import { toAddress } from '../ethereum/index.js'
import { type Live, partOf } from '../shared/live.js'
import type { Address } from '../shared/units.js'
import { type Chain, createFreeCallSignatures } from './chain/index.js'
import type { DaemonConfig } from '../settings/index.js'
import type { ServiceContext } from './metadata/index.js'
import type { Log } from './observability/index.js'
import type { FreeCallDeps } from './payments/index.js'
import type { Storage } from './storage/index.js'
import { tablesOf } from './stored-tables.js'

/** What the rules of free calls need of the other rooms. */
export function openFreeCalls(
  config: DaemonConfig,
  deps: {
    readonly chain: Chain
    readonly metadata: Live<ServiceContext>
    readonly storage: Storage
    readonly mayPay: ((signer: Address) => boolean) | undefined
    readonly log: Log
  },
): FreeCallDeps {
  const { chain, metadata, storage, mayPay, log } = deps
  const { organization, service, group, terms } = metadata.current
  const tables = tablesOf({ organization, group: group.idText })
  const key = config.private_key_for_free_calls
  const names = { organization, service, group: group.idText, groupName: group.name }
  const free: FreeCallDeps = {
    blocks: chain.blocks,
    signatures: createFreeCallSignatures(names, key === undefined ? undefined : Buffer.from(key, 'hex')),
    balances: chain.watchTokens(terms.mpe),
    counts: storage.table(tables.freeCalls),
    holds: storage.holds,
    terms: partOf(metadata, ({ freeCalls }) => freeCalls),
    of: names,
    quotas: new Map(Object.entries(config.free_calls_per_address).map(([of, quota]) => [toAddress(of), quota])),
    trusted: config.trusted_free_call_signers.map(toAddress),
    minBalance: config.min_balance_for_free_call,
    ...(mayPay && { mayPay }),
  }
  tell(free, log)
  return free
}

/** A provider who meant to give free calls sees at the start why there are none. */
function tell({ signatures: { issuer }, terms: { current: offer } }: FreeCallDeps, log: Log): void {
  if (offer.signer !== undefined && issuer === offer.signer)
    return log.info('free calls are given', { each: String(offer.quota), signer: issuer })
  if (issuer === undefined) return
  log.warn('no free-call tokens are made: the metadata does not name the address of private_key_for_free_calls', {
    published: offer.signer ?? 'none',
    expected: issuer,
  })
}
