export { type DecodedFields, HpackDecoder } from './decoder.js'
export { HpackEncoder, type IsKept } from './encoder.js'
export { CompressionFault } from './fault.js'
