import { JsonRpcProvider, Network, Transaction } from 'ethers'
import { keccak256, shortReason, signerOf, toAddress, toChainSignature } from '../ethereum/index.js'
import { hostOf, SnetError } from '../shared/errors.js'
import { listOf } from '../shared/short-text.js'
import { type Address, isAddress } from '../shared/units.js'
import type { Account } from './account.js'
import { timedRequest } from './network.js'

export interface SignerAddress {
  /** URL. */
  readonly signer: string
  /** Where it has several accounts. */
  readonly address: string | undefined
}

/** A person may have to agree to each signature. */
const TIMEOUT_MS = 300_000

/**
 * A program that keeps the key and signs when asked over JSON-RPC (`eth_accounts`, `eth_sign`, `eth_signTransaction`), as
 * web3signer and nodes do. What it signs is checked: nothing else than what was asked for leaves here. Errors:
 * `unavailable`; `invalid-config` when it is not clear which account is meant; `check-failed` for a wrong signature.
 */
export async function openRemoteSigner({ signer, address }: SignerAddress): Promise<Account> {
  const ask = (method: string, params: unknown[]): Promise<unknown> => askSigner(signer, method, params)
  const account = chooseAccount(hostOf(signer), await ask('eth_accounts', []), address)
  return {
    address: account,
    async signMessage(message) {
      const hash = `0x${Buffer.from(keccak256(message)).toString('hex')}`
      const answer = bytesOf(await ask('eth_sign', [account, hash]))
      const signature = toChainSignature(answer)
      if (!signature || signerOf(message, signature) !== account) throw wrongSignature(signer, account)
      return signature
    },
    async signTransaction(transaction) {
      const answer = await ask('eth_signTransaction', [requestOf(account, transaction)])
      return requireSame(signer, account, transaction, rawOf(answer))
    },
  }
}

async function askSigner(url: string, method: string, params: unknown[]): Promise<unknown> {
  const connection = new JsonRpcProvider(timedRequest(url, TIMEOUT_MS), undefined, { staticNetwork: Network.from(0) })
  try {
    return await connection.send(method, params)
  } catch (cause) {
    throw new SnetError('unavailable', `the signer at ${hostOf(url)} did not answer ${method}: ${shortReason(cause)}`, {
      hint: 'It has to answer eth_accounts, eth_sign and eth_signTransaction over HTTP (--signer).',
      cause,
    })
  } finally {
    connection.destroy()
  }
}

function chooseAccount(host: string, answer: unknown, wanted: string | undefined): Address {
  const found = Array.isArray(answer)
    ? answer.filter((one): one is string => typeof one === 'string' && isAddress(one)).map(toAddress)
    : []
  const account = wanted === undefined ? (found.length === 1 ? found[0] : undefined) : toAddress(wanted)
  if (account !== undefined && found.includes(account)) return account
  const what = wanted === undefined ? `has ${found.length} accounts` : `does not have ${wanted}`
  throw new SnetError('invalid-config', `the signer at ${host} ${what}`, {
    hint: `Name one of its accounts with --signer-account: ${listOf(found)}.`,
  })
}

const hex = (value: bigint | number): string => `0x${BigInt(value).toString(16)}`

const requestOf = (from: Address, tx: Transaction): Record<string, string> => ({
  from,
  to: tx.to ?? '',
  data: tx.data,
  value: hex(tx.value),
  gas: hex(tx.gasLimit),
  nonce: hex(tx.nonce),
  chainId: hex(tx.chainId),
  ...(tx.type === 2
    ? {
        maxFeePerGas: hex(tx.maxFeePerGas ?? 0n),
        maxPriorityFeePerGas: hex(tx.maxPriorityFeePerGas ?? 0n),
      }
    : { gasPrice: hex(tx.gasPrice ?? 0n) }),
})

/** Some answer with the bytes, some with an object that has them. */
const rawOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'raw' in answer ? answer.raw : answer

function bytesOf(answer: unknown): Uint8Array {
  return typeof answer === 'string' && /^0x(?:[0-9a-f]{2})*$/i.test(answer)
    ? Buffer.from(answer.slice(2), 'hex')
    : new Uint8Array()
}

/** A signer that signs another transaction than it was asked for could send the money anywhere. */
function requireSame(url: string, account: Address, asked: Transaction, raw: unknown): string {
  try {
    const signed = Transaction.from(raw as string)
    if (signed.unsignedHash === asked.unsignedHash && signed.from === account) return signed.serialized
  } catch {
    // What is no transaction is not the one that was asked for.
  }
  throw wrongSignature(url, account)
}

const wrongSignature = (url: string, account: Address): SnetError =>
  new SnetError(
    'check-failed',
    `the signer at ${hostOf(url)} signed something else than was asked for, or not as ${account}; nothing was sent`,
    { hint: 'eth_sign has to sign as a personal message; eth_signTransaction must change nothing.' },
  )
