export { openInfraStore } from './open-store.js'
