export { type LogHookConfig, openLogHooks } from './open-log-hooks.js'
