import { Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import type { EscrowPlace, NetworkAddress, PublishedName } from '../wallet/index.js'
import { NETWORK_KEYS, type NetworkFlags, networkFlags, networkOf, readConfigOf, resolveRpc } from './network-flags.js'

/** Flags of every command that deals with an escrow contract. */
export const escrowFlags = {
  ...networkFlags,
  organization: Flags.string({
    summary: 'Organisation id; the one in the config file by default.',
    helpValue: 'ID',
    helpGroup: 'NETWORK',
  }),
  service: Flags.string({
    summary: 'Service id; the one in the config file by default.',
    helpValue: 'ID',
    helpGroup: 'NETWORK',
  }),
  escrow: Flags.string({
    summary: 'Address of the escrow contract, instead of the one that the service names.',
    helpValue: 'ADDRESS',
    helpGroup: 'NETWORK',
  }),
}

export interface EscrowFlags extends NetworkFlags {
  readonly organization?: string | undefined
  readonly service?: string | undefined
  readonly escrow?: string | undefined
}

/** Where the node and the escrow contract are. Errors: as `resolveService`. */
export async function resolveEscrow(flags: EscrowFlags): Promise<{ readonly rpc: string; readonly at: EscrowPlace }> {
  if (flags.escrow !== undefined) return { rpc: await resolveRpc(flags), at: { escrow: flags.escrow } }
  const at = await resolveService(flags)
  return { rpc: at.network.rpc, at }
}

/** Whose service it is, and on which network: a flag beats the file. Errors: as `resolveNetwork`. */
export async function resolveService(
  flags: EscrowFlags,
): Promise<{ readonly network: NetworkAddress; readonly name: PublishedName }> {
  const found = await readConfigOf(flags, [...NETWORK_KEYS, 'organization_id', 'service_id'])
  const { group, ...network } = await networkOf(flags, found)
  const organization = flags.organization ?? found?.config.organization_id
  const service = flags.service ?? found?.config.service_id
  if (organization && service) return { network, name: { organization, service, group } }
  const missing = [...(organization ? [] : ['--organization']), ...(service ? [] : ['--service'])]
  throw new SnetError('invalid-request', `missing ${missing.join(', ')}: whose escrow contract`, {
    hint: 'Give these flags, or --escrow with its address, or --config with the file of a daemon.',
  })
}
