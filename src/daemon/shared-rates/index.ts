export { SHARED_RATES, sharedRatesMoves } from './bucket.js'
export { openSharedRates, type SharedRatesDeps } from './shared-rates.js'
