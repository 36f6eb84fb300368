const SIGNATURE_BYTES = 65

/** What is wrong with a signature from which nobody can be recovered, in the words that clients know. */
export const incorrectSignature = (signature: Uint8Array): string =>
  `incorrect signature ${signature.length === SIGNATURE_BYTES ? 'data' : 'length'}`
