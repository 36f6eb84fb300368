export { createHealth, type Health, type HealthReport, type PartHealth } from './health.js'
export type { Log, LogFields } from './log.js'
export { type LogConfig, type OpenLog, openLog } from './pino-log.js'
export { warnSeldom } from './warn-seldom.js'
