import { SnetError } from '../shared/errors.js'

/**
 * The CID in a registered URI: `ipfs://CID` or a bare CID. Registries hold such texts padded with zero bytes; whatever
 * is no letter, digit or `=` is dropped, as the reference does (snet-wire 7.4). Error: `invalid-config`.
 */
export function parseContentUri(uri: string): string {
  if (uri.startsWith('filecoin://')) {
    throw new SnetError(
      'invalid-config',
      `${JSON.stringify(uri.slice(0, 100))} is content on Filecoin, which is not supported yet`,
      {
        hint: 'Publish the metadata on IPFS.',
      },
    )
  }
  const cid = uri.replace(/^ipfs:\/\//, '').replace(/[^a-zA-Z0-9=]/g, '')
  if (cid === '') {
    throw new SnetError('invalid-config', `${JSON.stringify(uri.slice(0, 100))} is no content address`, {
      hint: 'A metadata URI is ipfs:// followed by a CID.',
    })
  }
  return cid
}
