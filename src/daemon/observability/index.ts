export type { Log, LogFields } from './log.js'
export { type LogConfig, openLog } from './pino-log.js'
