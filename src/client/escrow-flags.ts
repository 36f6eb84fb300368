import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { SnetError } from '../shared/errors.js'
import type { EscrowPlace } from '../wallet/index.js'
import { type NetworkFlags, networkFlags, resolveNetwork, resolveRpc } from './network-flags.js'

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

/** Where the node and the escrow contract are. Errors: as `resolveNetwork`. */
export async function resolveEscrow(flags: EscrowFlags): Promise<{ readonly rpc: string; readonly at: EscrowPlace }> {
  if (flags.escrow !== undefined) return { rpc: await resolveRpc(flags), at: { escrow: flags.escrow } }
  const { group, ...network } = await resolveNetwork(flags)
  return { rpc: network.rpc, at: { network, name: { ...(await resolveNames(flags)), group } } }
}

/** Whose service it is: a flag beats the file. Error: `invalid-request` naming the flags that are missing. */
export async function resolveNames(flags: EscrowFlags): Promise<{ organization: string; service: string }> {
  const { readFileSettings } = await import('../settings/index.js')
  const keys = ['organization_id', 'service_id'] as const
  const found = flags.config === undefined ? undefined : await readFileSettings({ path: resolve(flags.config) }, keys)
  const organization = flags.organization ?? found?.config.organization_id
  const service = flags.service ?? found?.config.service_id
  if (organization && service) return { organization, service }
  const missing = [...(organization ? [] : ['--organization']), ...(service ? [] : ['--service'])]
  throw new SnetError('invalid-request', `missing ${missing.join(', ')}: whose escrow contract`, {
    hint: 'Give these flags, or --escrow with its address, or --config with the file of a daemon.',
  })
}
