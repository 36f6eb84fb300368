import type { Tokens } from '../../../shared/tokens.js'
import type { Address } from '../../../shared/units.js'
import type { Limit, LimitedCall } from './limits.js'
import { type LimitKind, RateLimited } from './rate-limited.js'

/** Whether calls may go on. What is refused for its payment must not use up the rate of those who pay. */
export interface Rates {
  /** Turns a call away while a rate is spent, before it costs anything. Undefined where nobody has to be asked for that. */
  check(call: LimitedCall): Promise<void> | undefined
  /** The same for whoever has proved that he pays. */
  checkPayer(payer: Address): Promise<void> | undefined
  /** Counts a call that is let in, in each of its limits or in none. */
  spend(call: LimitedCall): Promise<void> | undefined
}

/** @param onRefusal told which limit a call met */
export function createRates(limits: readonly Limit[], onRefusal: (kind: LimitKind) => void = () => undefined): Rates {
  const refuse = ({ kind, tokens }: Met): never => {
    onRefusal(kind)
    throw new RateLimited(kind, Math.max(1, Math.ceil(tokens.waitMs())))
  }
  const require = (met: Met): void => {
    if (!met.tokens.has()) refuse(met)
  }
  const requireAll = (all: readonly Met[]): void => all.forEach(require)
  const checkAll = (all: readonly Met[]): Promise<void> | undefined =>
    all.some(hasToFetch) ? fetchAll(all).then(() => requireAll(all)) : (requireAll(all) as undefined)
  const takeAll = (all: readonly Met[]): void => {
    requireAll(all)
    for (const { tokens } of all) tokens.take()
  }
  const ofPayers = limits.filter(({ kind }) => kind === 'payer')
  return {
    check: (call) => checkAll(metBy(call, limits)),
    checkPayer: (payer) => checkAll(metBy({ method: '', payer }, ofPayers)),
    spend(call) {
      const all = metBy(call, limits)
      if (!all.some(hasToFetch)) return takeAll(all) as undefined
      return fetchAll(all).then(() => takeAll(all))
    },
  }
}

/** A limit that counts for a call. */
interface Met {
  readonly kind: LimitKind
  readonly tokens: Tokens
}

const NONE: readonly Met[] = []

function metBy(call: LimitedCall, limits: readonly Limit[]): readonly Met[] {
  let met: Met[] | undefined
  for (const { kind, tokensOf } of limits) {
    const tokens = tokensOf(call)
    if (tokens) (met ??= []).push({ kind, tokens })
  }
  return met ?? NONE
}

/** Asks for what is not here, until it is or has to be waited for: others may take what came before they are asked. */
async function fetchAll(all: readonly Met[]): Promise<void> {
  for (let lacking = all.find(mayFetch); lacking; lacking = all.find(mayFetch)) await lacking.tokens.fetch?.()
}

const mayFetch = (met: Met): boolean => hasToFetch(met) && met.tokens.waitMs() === 0

const hasToFetch = ({ tokens }: Met): boolean => tokens.fetch !== undefined && !tokens.has()
