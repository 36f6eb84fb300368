import { address, boolean, duration, integer, optional, required, seconds, text, url, urls } from '../fields.js'
import { LIGHTHOUSE_ENDPOINT } from '../networks.js'

/** The blockchain, and where the metadata that it points at is fetched. */
export const chainKeys = {
  blockchain_enabled: boolean({
    default: true,
    doc: 'Whether calls are paid through the blockchain.',
    flag: { name: 'blockchain', char: 'b' },
  }),
  blockchain_network_selected: text({
    default: 'sepolia',
    doc: '`main`, `sepolia`, `local`, or a name of your own; part of all storage keys.',
  }),
  ethereum_json_rpc_http_endpoint: required(
    urls({
      schemes: ['http', 'https'],
      max: 8,
      doc: 'JSON-RPC endpoints of Ethereum nodes, one or more; only `local` has a default.',
      secret: 'beyond host',
    }),
    'set the URL of an Ethereum node of that network, such as https://sepolia.infura.io/v3/YOUR_KEY',
  ),
  ethereum_json_rpc_ws_endpoint: optional(
    url({
      schemes: ['ws', 'wss'],
      doc: 'WebSocket endpoint of that node: new blocks are then pushed instead of polled.',
      secret: 'beyond host',
    }),
  ),
  blockchain_provider_api_key: optional(
    text({ doc: 'API key for the node, sent in the Authorization header.', secret: true }),
  ),
  registry_address_key: required(
    address({ doc: 'Registry contract; known for `main`, `sepolia` and `local`.' }),
    'set the address of the Registry contract on that network',
  ),
  chain_poll_interval: duration({ min: 50, default: '4s', doc: 'How often to poll for the newest block.' }),
  chain_timeout: duration({ min: 100, default: '10s', doc: 'How long one request to the Ethereum node may take.' }),
  chain_stale_limit: duration({
    min: 1000,
    default: '5m',
    doc: 'How old a reading of the chain may be for a payment to be accepted on it.',
  }),
  claim_confirmations: integer({
    min: 1,
    max: 100,
    default: 12,
    doc: 'So many blocks must follow the one with a claim before the store forgets what the claim collected.',
  }),
  ipfs_endpoint: url({
    schemes: ['http', 'https'],
    default: 'https://ipfs.singularitynet.io:443',
    doc: 'Where `ipfs://` content is fetched from: a kubo node or a gateway.',
    was: ['ipfs_end_point'],
    secret: 'beyond host',
  }),
  ipfs_timeout: seconds({
    min: 1,
    max: 3600,
    default: 30,
    doc: 'How long one fetch of content may take; a plain number means seconds.',
  }),
  lighthouse_endpoint: url({
    schemes: ['http', 'https'],
    default: LIGHTHOUSE_ENDPOINT,
    doc: 'Where `filecoin://` content is fetched from: the CID is appended to this URL.',
    secret: 'beyond host',
  }),
  metadata_redirects: boolean({
    default: false,
    doc: 'Whether the metadata hosts may redirect to other public addresses.',
  }),
}
