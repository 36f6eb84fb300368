import { expect, test } from 'vitest'
import { parseContentUri } from '../../../src/content/index.js'
import type { SnetError } from '../../../src/shared/errors.js'

const V0 = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'
const V1 = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

test.each([
  ['with its scheme', `ipfs://${V0}`, 'ipfs', V0],
  ['of version 1', `ipfs://${V1}`, 'ipfs', V1],
  ['as a bare CID', V0, 'ipfs', V0],
  ['as a bare CID of version 1', V1, 'ipfs', V1],
  ['on Filecoin', `filecoin://${V1}`, 'filecoin', V1],
  ['in capitals', `IPFS://${V0}`, 'ipfs', V0],
  ['padded with zero bytes', `ipfs://${V0}\0\0\0\0`, 'ipfs', V0],
  ['on Filecoin, padded with zero bytes', `filecoin://${V1}\0\0\0\0`, 'filecoin', V1],
  ['with spaces and line ends', ` ${V0}\r\n`, 'ipfs', V0],
  ['with padding before its scheme', `\0 "ipfs://${V0}"`, 'ipfs', V0],
  ['with stray characters inside', `ipfs://${V0.slice(0, 9)}\n\u200b${V0.slice(9)}/`, 'ipfs', V0],
])('a registered URI %s is read', (_what, uri, scheme, cid) => {
  expect(parseContentUri(uri)).toEqual({ scheme, cid })
})

test.each([
  ['that is empty', '', 'is not a content address'],
  ['of padding alone', '\0\0', 'is not a content address'],
  ['of a scheme alone', 'ipfs://', 'is not a content address'],
  ['of the other scheme alone', 'filecoin://\0', 'is not a content address'],
  ['of a web page', 'http://169.254.169.254/latest/meta-data/', 'http is never fetched'],
  ['of a file', 'file:///etc/passwd', 'file is never fetched'],
  ['of a longer scheme', `ipfs+http://${V0}`, 'ipfs+http is never fetched'],
])('a URI %s is refused', (_what, uri, text) => {
  let refusal: SnetError | undefined
  try {
    parseContentUri(uri)
  } catch (fault) {
    refusal = fault as SnetError
  }
  expect(refusal).toMatchObject({ kind: 'invalid-config' })
  expect(refusal?.message).toContain(text)
  expect(refusal?.hint).toContain('ipfs:// or filecoin://')
})
