import { placeOf } from '../../../shared/address-set.js'
import type { Live } from '../../../shared/live.js'
import type { OpenTokens, RateLimit, Tokens } from '../../../shared/tokens.js'
import type { Address } from '../../../shared/units.js'
import { localTokens } from './local-tokens.js'
import type { LimitKind } from './rate-limited.js'
import { TokenTable } from './token-table.js'

/** The limit of a method such as `/pkg.Service/Method`, or of all of a service, `/pkg.Service/*`, together. */
export interface NamedRate {
  readonly name: string
  readonly limit: RateLimit
}

/** Each undefined for no limit. */
export interface RatesConfig {
  /** Of all calls. */
  readonly rate: Live<RateLimit | undefined>
  /** Of each client. */
  readonly clientRate: Live<RateLimit | undefined>
  /** Of each payer. */
  readonly payerRate: Live<RateLimit | undefined>
  readonly namedRates: Live<readonly NamedRate[] | undefined>
}

/** What limits look at. */
export interface LimitedCall {
  readonly method: string
  readonly client?: string | undefined
  /** Undefined until he has proved that he is. */
  readonly payer: Address | undefined
}

export interface Limit {
  readonly kind: LimitKind
  /** Undefined where the limit does not count for the call. */
  readonly tokensOf: (call: LimitedCall) => Tokens | undefined
}

/** From what is one's own to what is everybody's. */
export function openLimits(config: RatesConfig, open: OpenTokens = localTokens): readonly Limit[] {
  const { rate, clientRate, payerRate, namedRates } = config
  const ofClient = tokensOfClients(clientRate)
  const ofPayer = tokensOfPayers(payerRate, open)
  const named = tokensOfNames(namedRates, open)
  const ofAll = tokensOfAll(rate, open)
  return [
    { kind: 'payer', tokensOf: ({ payer }) => ofPayer(payer) },
    { kind: 'client', tokensOf: ({ client }) => ofClient(client) },
    { kind: 'method', tokensOf: ({ method }) => named()?.get(method) },
    { kind: 'service', tokensOf: ({ method }) => named()?.get(allOfService(method)) },
    { kind: 'all', tokensOf: ofAll },
  ]
}

/** Exactly so many a minute, and not in whole milliseconds. */
export const tokensOfAll = (
  rate: Live<RateLimit | undefined>,
  open: OpenTokens = localTokens,
): (() => Tokens | undefined) => whileIt(rate, (limit) => open('all', limit))

/** Of this replica alone: anybody makes up addresses, and the store is not to hear of them. */
export function tokensOfClients(rate: Live<RateLimit | undefined>): (client: string | undefined) => Tokens | undefined {
  const table = whileIt(rate, (limit) => new TokenTable((client) => localTokens(client, limit)))
  return (client) => (client === undefined ? undefined : table()?.of(placeOf(client)))
}

function tokensOfPayers(
  rate: Live<RateLimit | undefined>,
  open: OpenTokens,
): (payer: Address | undefined) => Tokens | undefined {
  const table = whileIt(rate, (limit) => new TokenTable((payer) => open(`payer/${payer}`, limit)))
  return (payer) => (payer === undefined ? undefined : table()?.of(payer.toLowerCase()))
}

const tokensOfNames = (
  rates: RatesConfig['namedRates'],
  open: OpenTokens,
): (() => ReadonlyMap<string, Tokens> | undefined) =>
  whileIt(rates, (all) => new Map(all.map(({ name, limit }) => [name, open(name, limit)])))

const allOfService = (method: string): string => `${method.slice(0, method.lastIndexOf('/') + 1)}*`

/** What is made of a setting, while it is the same; another begins anew, with all of its burst. */
function whileIt<Setting extends object, Made>(
  setting: Live<Setting | undefined>,
  make: (setting: Setting) => Made,
): () => Made | undefined {
  let of: Setting | undefined
  let made: Made | undefined
  return () => {
    if (setting.current === of) return made
    of = setting.current
    made = of && make(of)
    return made
  }
}
