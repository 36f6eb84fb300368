import { randomBytes } from 'node:crypto'
import { Contract, JsonRpcProvider, Network, Signature, Wallet } from 'ethers'
import type { SignedPayment } from '../../src/daemon/payments/ports.js'
import { paymentMessage, signMessage, toAddress } from '../../src/ethereum/index.js'
import { escrowInterface } from '../../src/ethereum/interfaces/index.js'
import { LOCAL_CHAIN_ID, startAnvil } from '../../src/sandbox/anvil.js'
import { type Contracts, deployContracts, giveEther, mint } from '../../src/sandbox/contracts.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import {
  type Address,
  type ChannelId,
  channelId,
  channelNonce,
  cogs,
  type GroupId,
  groupIdFromBytes,
} from '../../src/shared/units.js'
import { openChannel, openSender, type Sender } from '../../src/wallet/index.js'
import { tempDir } from './temp-dir.js'

const TOKENS = 10n ** 12n

export interface Terms {
  readonly recipient: Address
  readonly groupId: GroupId
  readonly value: bigint
  /** Blocks from now. */
  readonly blocks: number
}

/** A real chain with the real contracts, a client with tokens and a provider; blocks come with transactions only. */
export interface EscrowChain extends AsyncDisposable {
  readonly rpc: string
  readonly contracts: Contracts
  readonly client: Wallet
  readonly provider: Wallet
  readonly groupId: GroupId
  block(): Promise<bigint>
  mine(blocks: number): Promise<void>
  /** Any request to the chain's own controls. */
  control(method: string, ...params: unknown[]): Promise<unknown>
  /** Deposits and opens; by default to the provider and group, with 1000 cogs and plenty of time. */
  open(changes?: Partial<Terms>): Promise<ChannelId>
  /** A transaction of the client's to the escrow contract. */
  send(method: string, ...args: unknown[]): Promise<void>
  /** Moves tokens of the client into his balance at the escrow contract. */
  deposit(value: bigint): Promise<void>
  /** What the client signs for one call. */
  sign(channel: ChannelId, payment: { nonce?: bigint; amount: bigint }): SignedPayment
  /** The provider collects what was signed. */
  claim(payment: SignedPayment): Promise<void>
}

/** @param gas of anvil, when gas is not to be free */
export async function startEscrowChain(gas?: readonly string[]): Promise<EscrowChain> {
  const life = new Lifecycle()
  const anvil = await life.own('anvil', startAnvil(process.env['PATH'] ?? '', gas))
  const connection = new JsonRpcProvider(anvil.rpc, undefined, {
    staticNetwork: Network.from(LOCAL_CHAIN_ID),
    cacheTimeout: -1,
    pollingInterval: 20,
  })
  await life.own('connection', { [Symbol.asyncDispose]: async () => connection.destroy() })
  const account = (): Wallet => new Wallet(`0x${randomBytes(32).toString('hex')}`, connection)
  const [client, provider] = [account(), account()]
  for (const { address } of [client, provider]) await giveEther(connection, address)
  const contracts = await deployContracts(provider)
  await mint(provider, contracts.token, toAddress(client.address), TOKENS)
  const sender = await openSender({
    rpc: anvil.rpc,
    account: { variable: 'key of the client', value: client.privateKey },
    journalDir: (await life.own('journal', tempDir())).path,
    patience: { pollMs: 20 },
  })
  await life.own('sender', { [Symbol.asyncDispose]: async () => sender[Symbol.dispose]() })
  return {
    ...chainOf(connection, { client, provider, contracts, sender }),
    rpc: anvil.rpc,
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

type Parties = Pick<EscrowChain, 'client' | 'provider' | 'contracts'> & { readonly sender: Sender }

function chainOf(connection: JsonRpcProvider, parties: Parties): Omit<EscrowChain, 'rpc' | keyof AsyncDisposable> {
  const { sender, ...shown } = parties
  const { client, provider, contracts } = shown
  const groupId = groupIdFromBytes(randomBytes(32))
  const block = async (): Promise<bigint> => BigInt(await connection.getBlockNumber())
  const send = async (from: Wallet, method: string, args: unknown[]): Promise<void> => {
    const sent = await new Contract(contracts.mpe, escrowInterface, from).getFunction(method)(...args)
    await sent.wait()
  }
  return {
    ...shown,
    groupId,
    block,
    async mine(blocks) {
      await connection.send('anvil_mine', [`0x${blocks.toString(16)}`])
    },
    control: (method, ...params) => connection.send(method, params),
    open: async ({ blocks = 100_000, ...changes } = {}) => {
      const { id } = await openChannel(sender, {
        escrow: contracts.mpe,
        signer: toAddress(client.address),
        recipient: toAddress(provider.address),
        groupId,
        expiration: (await block()) + BigInt(blocks),
        ...changes,
        value: cogs(changes.value ?? 1_000n),
      })
      return id
    },
    send: (method, ...args) => send(client, method, args),
    async deposit(value) {
      const erc20 = new Contract(contracts.token, ['function approve(address,uint256) returns (bool)'], client)
      await (await erc20.getFunction('approve')(contracts.mpe, value)).wait()
      await send(client, 'deposit', [value])
    },
    sign(id, { nonce = 0n, amount }) {
      const payment = { channel: channelId(id), nonce: channelNonce(nonce), amount: cogs(amount) }
      const key = Buffer.from(client.privateKey.slice(2), 'hex')
      return { ...payment, signature: signMessage(key, paymentMessage(contracts.mpe, payment)) }
    },
    async claim({ channel, amount, signature }) {
      const { v, r, s } = Signature.from(`0x${Buffer.from(signature).toString('hex')}`)
      await send(provider, 'channelClaim', [channel, amount, amount, v, r, s, false])
    },
  }
}
