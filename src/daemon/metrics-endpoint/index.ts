export { type MetricsEndpointDeps, openMetricsEndpoint } from './metrics-endpoint.js'
