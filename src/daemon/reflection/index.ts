export { withReflection } from './reflection.js'
