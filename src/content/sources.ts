import type { CID } from 'multiformats/cid'
import type { Ask } from './http.js'

/** Where content is fetched, as configured. Content itself never says where. */
export interface ContentSources {
  /** Base of a kubo RPC API or of a gateway, for `ipfs://`. */
  readonly ipfs: string
  /** What a CID is added to, for `filecoin://`. */
  readonly lighthouse: string
  /** For one whole content, all of its requests together. */
  readonly timeoutMs: number
  /** Whether answers may redirect, and then to public addresses only. */
  readonly redirects: boolean
}

/** How one endpoint is asked; where it does not speak the first way, the next one counts. */
export interface Source {
  /** The setting that names the endpoint, for hints. */
  readonly setting: string
  file(cid: string): readonly [Ask, ...Ask[]]
  block(cid: CID): readonly Ask[]
}

const RAW_BLOCK = 'application/vnd.ipld.raw'

/** By POST as kubo wants it, else by GET as gateways do. */
export function ipfsSource(endpoint: string): Source {
  const base = endpoint.replace(/\/+$/, '')
  const ask = (method: 'GET' | 'POST', path: string, accept?: string): Ask => ({
    method,
    url: base + path,
    shown: path,
    accept,
  })
  return {
    setting: 'ipfs_endpoint',
    file: (cid) => [ask('POST', `/api/v0/cat?arg=${cid}`), ask('GET', `/ipfs/${cid}`)],
    block: (cid) => [ask('POST', `/api/v0/block/get?arg=${cid}`), ask('GET', `/ipfs/${cid}?format=raw`, RAW_BLOCK)],
  }
}

/** The CID is added to the endpoint as it is (snet-wire 7.5), which may hold a key: messages show the CID alone. */
export function lighthouseSource(endpoint: string): Source {
  const ask = (cid: string, extra = '', accept?: string): Ask => ({
    method: 'GET',
    url: endpoint + cid + extra,
    shown: `/…${cid}${extra}`,
    accept,
  })
  const format = `${endpoint.includes('?') ? '&' : '?'}format=raw`
  return {
    setting: 'lighthouse_endpoint',
    file: (cid) => [ask(cid)],
    block: (cid) => [ask(cid.toString(), format, RAW_BLOCK)],
  }
}
