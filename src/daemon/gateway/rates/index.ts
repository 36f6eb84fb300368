export { countLimited } from './limited-figures.js'
export { type NamedRate, openLimits, type RatesConfig, tokensOfAll, tokensOfClients } from './limits.js'
export { type LimitKind, RateLimited } from './rate-limited.js'
export { createRates, type Rates } from './rates.js'
