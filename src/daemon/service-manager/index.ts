export { openServiceManager, type ServiceManager } from './service-manager.js'
