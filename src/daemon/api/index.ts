export { openControl } from './control-service.js'
export { createOwnServices } from './own-services.js'
