export { bashScript, zshScript } from './bash.js'
export { toCompletions } from './completions.js'
export { fishScript } from './fish.js'
export { VALUE_KINDS, type ValueKind } from './values.js'
