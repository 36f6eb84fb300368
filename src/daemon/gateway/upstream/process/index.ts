export { openProcessUpstream, type ProcessConfig } from './process-upstream.js'
