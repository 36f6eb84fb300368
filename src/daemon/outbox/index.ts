export { type Notes, openOutboxStore, type OutboxStore } from './letters.js'
export { Outbox, type OutboxConfig, type OutboxFigures } from './outbox.js'
export { openSender, type Sender } from './send.js'
