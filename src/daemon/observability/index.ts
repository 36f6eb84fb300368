export { createHealth, type Health, type HealthReport, type PartHealth } from './health.js'
export type { Log, LogFields } from './log.js'
export {
  countEach,
  type Counter,
  createMetrics,
  type Histogram,
  measureProcess,
  type Metrics,
  type MetricsReader,
  PROMETHEUS_TYPE,
  quantile,
  type Reading,
  type Sample,
  toPrometheusText,
} from './metrics/index.js'
export { type LogConfig, type OpenLog, openLog, type WrittenLine } from './pino-log.js'
export type { Span, Traces } from './traces.js'
export { warnSeldom } from './warn-seldom.js'
