import { SnetError } from '../shared/errors.js'

/** The network and the CID of a content. Metadata can never name the host to fetch it from. */
export interface ContentUri {
  readonly scheme: 'ipfs' | 'filecoin'
  readonly cid: string
}

/**
 * A registered URI: `ipfs://CID`, `filecoin://CID` or a bare CID, which is on IPFS. Registries hold such texts padded
 * with zero bytes; whatever is no letter, digit or `=` is dropped, as the reference does (snet-wire 7.4).
 * Error: `invalid-config`.
 */
export function parseContentUri(uri: string): ContentUri {
  const [, scheme = 'ipfs', rest = ''] = /^[^a-zA-Z0-9]*(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?([^]*)$/.exec(uri) ?? []
  const known = scheme.toLowerCase()
  const shown = JSON.stringify(uri.slice(0, 100))
  if (known !== 'ipfs' && known !== 'filecoin') {
    throw new SnetError('invalid-config', `${shown} is not a content address: ${scheme} is never fetched`, {
      hint: HINT,
    })
  }
  const cid = rest.replace(/[^a-zA-Z0-9=]/g, '')
  if (cid === '') throw new SnetError('invalid-config', `${shown} is not a content address`, { hint: HINT })
  return { scheme: known, cid }
}

const HINT = 'A metadata URI is ipfs:// or filecoin:// followed by a CID.'
