export { type ConfigurationDeps, configurationMethods, type SettingParameter } from './configuration-service.js'
