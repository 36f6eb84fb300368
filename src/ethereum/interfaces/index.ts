/** The contracts as ethers knows them, for whoever sends transactions to them. It is large: who only reads does without. */
import { Interface } from 'ethers'
import escrowAbi from 'singularitynet-platform-contracts/abi/MultiPartyEscrow.json' with { type: 'json' }
import registryAbi from 'singularitynet-platform-contracts/abi/Registry.json' with { type: 'json' }

export const registryInterface = new Interface(registryAbi)
export const escrowInterface = new Interface(escrowAbi)
