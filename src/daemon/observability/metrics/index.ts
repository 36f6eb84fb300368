export { countEach } from './count-each.js'
export { quantile } from './buckets.js'
export type {
  Counter,
  Family,
  FamilyReading,
  Histogram,
  HistogramSeries,
  Metrics,
  MetricsReader,
  Reading,
  ReadSamples,
  Sample,
} from './metrics.js'
export { measureProcess } from './process-figures.js'
export { PROMETHEUS_TYPE, toPrometheusText } from './prometheus-text.js'
export { createMetrics } from './registry.js'
