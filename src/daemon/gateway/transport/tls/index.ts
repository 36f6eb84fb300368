export { createTlsListener } from './server.js'
export type { TlsTerms } from './terms.js'
