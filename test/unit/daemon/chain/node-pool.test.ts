import { expect, test } from 'vitest'
import { NodeFault } from '../../../../src/daemon/chain/node-http.js'
import { type Answer, OtherChain, type Question } from '../../../../src/daemon/chain/node-link.js'
import { NodePool } from '../../../../src/daemon/chain/node-pool.js'
import { until } from '../../../support/until.js'

const RIGHT = 5n

/** A node as the pool knows it, whose ways can be changed. */
class FakeNode {
  height = 100n
  chain = RIGHT
  /** What it fails with; undefined while it is well. */
  fault: string | undefined
  /** What it answers to `eth_call` in place of a result. */
  error: Answer['error']
  readonly asked: string[] = []
  #expected: bigint | undefined

  expect(chain: bigint): void {
    this.#expected = chain
  }

  async proveChain(): Promise<void> {
    this.#work('eth_chainId')
    if (this.chain !== this.#expected) throw new OtherChain(`it serves chain ${this.chain}, not ${this.#expected}`)
  }

  async ask({ id, method }: Question): Promise<Answer> {
    this.#work(method)
    const height = `0x${this.height.toString(16)}`
    if (method === 'eth_blockNumber') return { id, result: height }
    if (method === 'eth_getBlockByNumber') return { id, result: { number: height } }
    return this.error ? { id, error: this.error } : { id, result: '0x' }
  }

  #work(method: string): void {
    this.asked.push(method)
    if (this.fault !== undefined) throw new NodeFault(this.fault)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is open.
  }
}

function openPool() {
  const nodes = [new FakeNode(), new FakeNode()] as const
  const [first, second] = nodes
  const lines: string[] = []
  const keep = (text: string, fields: object = {}): void =>
    void lines.push(`${text} ${Object.values(fields).join(' ')}`)
  const links = [
    { name: 'first', link: first },
    { name: 'second', link: second },
  ] as const
  const pool = new NodePool([...links], { restMs: 20 }, { log: { debug: keep, info: keep, warn: keep, error: keep } })
  pool.expect(RIGHT)
  const call = (): Promise<Answer> => pool.ask({ id: 7, method: 'eth_call', params: [] })
  const newest = async (): Promise<unknown> => {
    const { result } = await pool.ask({ id: 8, method: 'eth_getBlockByNumber', params: ['latest', false] })
    return (result as { number?: unknown }).number
  }
  const used = (): string | undefined => pool.views.find(({ isUsed }) => isUsed)?.node
  return {
    ...{ first, second, pool, lines, call, newest, used },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

test('while the first is well, nobody else is asked', async () => {
  await using of = openPool()
  for (let i = 0; i < 5; i++) await of.call()
  expect(of.second.asked).toEqual([])
})

test.each(['HTTP status 429', 'no complete answer within 10 ms', 'read ECONNRESET'])(
  'what a node fails to answer, "%s", the next one answers, once it has proved itself; the first has it back when it is well',
  async (fault) => {
    await using of = openPool()
    await of.newest()
    of.first.fault = fault
    expect(await of.call()).toEqual({ id: 7, result: '0x' })
    expect(of.second.asked).toEqual(['eth_chainId', 'eth_blockNumber', 'eth_call'])
    expect(of.pool.views).toEqual([
      { node: 'first', isUsed: false, fault },
      { node: 'second', isUsed: true, fault: undefined },
    ])
    await of.call()
    expect(of.second.asked.slice(3)).toEqual(['eth_call'])
    of.first.fault = undefined
    await until('the first is used again', () => of.used() === 'first')
    expect(of.pool.views.map(({ fault: left }) => left)).toEqual([undefined, undefined])
    expect(of.first.asked.slice(-2)).toEqual(['eth_chainId', 'eth_blockNumber'])
  },
)

test('a node of another chain answers nothing, is told loudly, once, and is used when it is right', async () => {
  await using of = openPool()
  of.second.chain = 6n
  of.first.fault = 'away'
  const refused = of.call()
  await expect(refused).rejects.toThrow('first: away; second: it serves chain 6, not 5')
  expect(of.second.asked).not.toContain('eth_call')
  of.first.fault = undefined
  of.first.chain = 6n
  of.second.chain = RIGHT
  of.first.fault = 'away'
  await of.call()
  of.first.fault = undefined
  await until('the first is told to be of another chain', () =>
    of.lines.some((line) => line.includes('serves chain 6')),
  )
  const looked = of.first.asked.length
  await until('it was looked at again', () => of.first.asked.length > looked + 1)
  expect(of.used()).toBe('second')
  expect(of.lines.filter((line) => line.startsWith('an Ethereum node serves another chain'))).toHaveLength(1)
  of.first.chain = RIGHT
  await until('the first is used again', () => of.used() === 'first')
})

test('a node that lags behind what another has shown is not used for it', async () => {
  await using of = openPool()
  of.second.height = 99n
  expect(await of.newest()).toBe('0x64')
  of.first.fault = 'away'
  await expect(of.call()).rejects.toThrow('second: it is at block 99, behind block 100')
  of.second.height = 101n
  expect(await of.newest()).toBe('0x65')
  of.first.fault = undefined
  const looked = of.first.asked.length
  await until('the first was looked at, and is behind', () => of.first.asked.length > looked + 2)
  expect(of.used()).toBe('second')
  expect(await of.newest()).toBe('0x65')
  of.first.height = 101n
  await until('the first is used again', () => of.used() === 'first')
})

test('a node that falls behind itself is left for one that is not; where all of them are, the first is believed', async () => {
  await using of = openPool()
  await of.newest()
  of.first.height = 98n
  expect(await of.newest()).toBe('0x64')
  expect(of.used()).toBe('second')
  of.second.height = 97n
  expect(await of.newest()).toBe('0x61')
  of.pool.forgetHeight()
  expect(await of.newest()).toBe('0x61')
})

test('a refusal that may be the node’s own is asked elsewhere and leaves no node; that of a contract is an answer', async () => {
  await using of = openPool()
  of.first.error = { code: -32_000, message: 'header not found' }
  expect(await of.call()).toEqual({ id: 7, result: '0x' })
  expect(of.used()).toBe('first')
  of.second.error = { code: -32_603, message: 'internal' }
  expect((await of.call()).error?.message).toBe('header not found')
  of.first.error = { code: -32_000, message: 'execution reverted' }
  const asked = of.second.asked.length
  expect((await of.call()).error?.message).toBe('execution reverted')
  expect(of.second.asked.length).toBe(asked)
})

test('no node is left for nothing: where none answers, each is asked again', async () => {
  await using of = openPool()
  of.first.fault = of.second.fault = 'away'
  await expect(of.call()).rejects.toThrow('did not answer eth_call: first: away; second: away')
  of.first.fault = undefined
  await of.call()
  expect(of.used()).toBe('first')
})
