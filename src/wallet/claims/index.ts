export { type Collected, type CollectedClaim, collectClaims } from './collect.js'
export { type PlanCosts, planCosts } from './gas.js'
export { type ClaimPlan, openCollector, type OpenCollector, planClaims, type WantedClaims } from './open-collector.js'
export type { LeftOut, PlannedClaim } from './plan.js'
