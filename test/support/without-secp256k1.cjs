// Preloaded: this process has no native secp256k1, as on a platform for which no binding was built.
const Module = require('node:module')

const load = Module._load
Module._load = function (request, ...rest) {
  if (request.startsWith('secp256k1')) throw new Error('No native build was found')
  return load.call(this, request, ...rest)
}
