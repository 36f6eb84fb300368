export { openControl } from './control-service.js'
export { createOwnServices, type OwnServices } from './own-services.js'
