export { parseUserProof } from './allowed-user.js'
export { parseEscrow } from './escrow.js'
export { parseFreeCall } from './free-call.js'
export { type PaymentKind, paymentKind, type PaymentTable, paymentTable } from './payment-kind.js'
