import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createProtoArchive } from '../content/index.js'
import { packageRoot } from '../shared/package.js'
import { CALCULATOR_PROTO } from '../shared/wire/index.js'
import type { MetadataServer } from './metadata-server.js'

export interface Publication {
  readonly organization: string
  readonly service: string
  readonly group: { readonly name: string; readonly idText: string }
  readonly recipient: string
  /** How many everybody has, and the address whose tokens give them. */
  readonly freeCalls: { readonly each: number; readonly signer: string }
  readonly mpe: string
  /** HOST:PORT of the daemon. */
  readonly endpoint: string
  readonly priceInCogs: number
  readonly expirationThreshold: number
}

/**
 * Publishes organisation, service and proto files in a form that the JS SDK 2.0, the Python SDKs up to 6 and snet-cli
 * all accept: a fixed price, at least one free call, a storage type of "etcd", and descriptions that are not empty.
 */
export async function publishService(
  server: MetadataServer,
  published: Publication,
): Promise<{ organization: string; service: string }> {
  const proto = await readFile(join(packageRoot, 'proto', CALCULATOR_PROTO), 'utf8')
  const api = await server.publish(await createProtoArchive({ [basename(CALCULATOR_PROTO)]: proto }))
  const asJson = (metadata: object): Buffer => Buffer.from(JSON.stringify(metadata, null, 2))
  return {
    organization: await server.publish(asJson(organizationMetadata(published))),
    service: await server.publish(asJson(serviceMetadata(published, api))),
  }
}

const organizationMetadata = ({ organization, group, recipient, expirationThreshold }: Publication) => ({
  org_name: organization,
  org_id: organization,
  org_type: 'organization',
  description: { description: 'The sandbox organisation.', short_description: 'Sandbox', url: '' },
  contacts: [],
  assets: {},
  groups: [
    {
      group_name: group.name,
      group_id: group.idText,
      payment: {
        payment_address: recipient,
        payment_expiration_threshold: expirationThreshold,
        payment_channel_storage_type: 'etcd',
        payment_channel_storage_client: {
          connection_timeout: '5s',
          request_timeout: '3s',
          endpoints: ['http://127.0.0.1:2379'],
        },
      },
    },
  ],
})

const serviceMetadata = ({ group, mpe, endpoint, priceInCogs, freeCalls }: Publication, api: string) => ({
  version: 1,
  display_name: 'Example calculator',
  encoding: 'proto',
  service_type: 'grpc',
  service_api_source: api,
  model_ipfs_hash: api.replace('ipfs://', ''),
  mpe_address: mpe,
  groups: [
    {
      group_name: group.name,
      group_id: group.idText,
      endpoints: [`http://${endpoint}`],
      pricing: [{ price_model: 'fixed_price', price_in_cogs: priceInCogs, default: true }],
      free_calls: freeCalls.each,
      free_call_signer_address: freeCalls.signer,
    },
  ],
  service_description: {
    description: 'Adds, subtracts, multiplies and divides.',
    short_description: 'Calculator',
    url: '',
  },
  contributors: [],
  media: [],
  tags: [],
})
