export { LogFile, type LogFileConfig } from './log-file.js'
