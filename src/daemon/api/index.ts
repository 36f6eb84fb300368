export { createOwnServices, type OwnServices } from './own-services.js'
