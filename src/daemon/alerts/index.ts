export { Alerts } from './alerts.js'
export { type ExpiringMoney, seldom, watchDisk, watchMoney } from './watches.js'
