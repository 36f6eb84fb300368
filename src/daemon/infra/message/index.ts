export { textBody } from './body.js'
export { type BodyHeader, headerText, isRunId, isTestKey, parseHeader } from './header.js'
export { MIN_MEDIUM, noisePng } from './noise-png.js'
