export { connectionOn } from './connection-on.js'
export { clientBehind } from './forwarded-for.js'
export { admitClients, type ClientLimits } from './admit.js'
