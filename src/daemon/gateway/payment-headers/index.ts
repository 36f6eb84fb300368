export { parsePayment } from './parse-payment.js'
