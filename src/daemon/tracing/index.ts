export { openTraces } from './open-traces.js'
