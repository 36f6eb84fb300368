import { Backoff } from '../../shared/retry.js'
import { pause } from '../../shared/clock.js'
import type { Log } from '../observability/index.js'
import { NodeFault } from './node-http.js'
import { type Answer, NodeAway, type NodeQuestions, OtherChain, type Question } from './node-link.js'

/** A node as operators are told of it. */
export interface NodeView {
  /** HOST:PORT, with a number where there are several of one place. */
  readonly node: string
  readonly isUsed: boolean
  /** Why it is not asked for now; undefined where it may be. */
  readonly fault: string | undefined
}

export interface PoolConfig {
  readonly restMs: number
}

export interface NamedLink {
  readonly name: string
  readonly link: NodeQuestions
}

interface Member extends NamedLink {
  readonly backoff: Backoff
  /** Undefined while it may be asked. */
  fault: string | undefined
  wellSince: number
  /** Under way: whether it is fit to be asked. */
  vetting: Promise<void> | undefined
}

/** A node shows less of the chain than another one has shown. */
class Behind extends Error {}

/** A node that has been well for so long is left but shortly when it fails. */
const TRUSTED_MS = 60_000
const VETTING = { id: 0, method: 'eth_blockNumber', params: [] }

/**
 * Several nodes of one chain, asked as if they were one: the first of the list that is well. A question that a node fails to
 * answer goes to the next one. Before another node is used it has to prove its chain, and that it knows the newest block that
 * any of them has shown, so that nothing goes back behind what was read elsewhere. One that was left is looked at again from
 * time to time.
 */
export class NodePool implements NodeQuestions {
  readonly #members: readonly Member[]
  readonly #log: Log
  readonly #closing = new AbortController()
  #used: Member
  #highest = -1n

  constructor(links: readonly [NamedLink, ...NamedLink[]], { restMs }: PoolConfig, { log }: { readonly log: Log }) {
    const times = { firstMs: restMs / 5, longestMs: 6 * restMs }
    const members = links.map((link): Member => ({
      ...link,
      backoff: new Backoff(times),
      ...{ fault: undefined, wellSince: performance.now(), vetting: undefined },
    }))
    this.#members = members
    this.#used = members[0] as Member
    this.#log = log
  }

  get views(): readonly NodeView[] {
    return this.#members.map((member) => ({ node: member.name, isUsed: member === this.#used, fault: member.fault }))
  }

  expect(chain: bigint): void {
    for (const { link } of this.#members) link.expect(chain)
  }

  proveChain(): Promise<void> {
    return this.#used.link.proveChain()
  }

  /** What was built upon is gone: lower blocks are right again. */
  forgetHeight(): void {
    this.#highest = -1n
  }

  /** Error: `NodeAway` when none of them answers, with what is wrong with each. */
  async ask(question: Question): Promise<Answer> {
    const failed: [Member, string][] = []
    /** Better than nothing: a fault that may be the question's, or the newest block of a node that lags. */
    let poor: Answer | undefined
    for (const member of this.#inTurn()) {
      try {
        if (member !== this.#used) await this.#vet(member)
        const answer = await member.link.ask(question)
        const isGood = this.#judge(question, answer)
        if (isGood) {
          // A refusal of one question is no reason to leave a node.
          if (!poor?.error) this.#take(member, failed)
          return answer
        }
        poor ??= answer
        failed.push([member, 'it is behind the others'])
      } catch (fault) {
        failed.push([member, reasonOf(fault)])
      }
    }
    if (poor) return poor
    throw new NodeAway(
      `did not answer ${question.method}: ${failed.map(([of, why]) => `${of.name}: ${why}`).join('; ')}`,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#members.map(({ link }) => link[Symbol.asyncDispose]()))
  }

  /** The one that is used, then the others in order, those that are left last. */
  #inTurn(): Member[] {
    const others = this.#members.filter((member) => member !== this.#used)
    const isWell = ({ fault }: Member): boolean => fault === undefined
    return [this.#used, ...others.filter(isWell), ...others.filter((member) => !isWell(member))]
  }

  /** Fails unless the node serves the chain, and as much of it as was seen. */
  #vet(member: Member): Promise<void> {
    const vet = async (): Promise<void> => {
      await member.link.proveChain()
      const height = quantityOf((await member.link.ask(VETTING)).result)
      if (height === undefined) throw new NodeFault('it tells no block number')
      if (height < this.#highest) throw new Behind(`it is at block ${height}, behind block ${this.#highest}`)
    }
    member.vetting ??= vet().finally(() => (member.vetting = undefined))
    return member.vetting
  }

  #judge({ method, params }: Question, { result, error }: Answer): boolean {
    if (error) return !mayBeTheNodes(error)
    if (method !== 'eth_getBlockByNumber' || !Array.isArray(params) || params[0] !== 'latest') return true
    const height = quantityOf((result as { number?: unknown } | null)?.number)
    if (height === undefined || height < this.#highest) return false
    this.#highest = height
    return true
  }

  /** A node is left for one that has answered in its place, and never for nothing. */
  #take(member: Member, failed: readonly (readonly [Member, string])[]): void {
    if (member === this.#used) return
    for (const [one, fault] of failed) this.#leave(one, fault)
    this.#use(member)
  }

  #use(member: Member): void {
    this.#log.warn('another Ethereum node is asked from now on', { node: member.name, before: this.#used.name })
    this.#used = member
  }

  #leave(member: Member, fault: string): void {
    if (member.fault !== undefined) return
    member.fault = fault
    if (performance.now() - member.wellSince > TRUSTED_MS) member.backoff.reset()
    this.#log.warn('an Ethereum node is left alone for a while', { node: member.name, reason: fault })
    void this.#lookAgain(member)
  }

  async #lookAgain(member: Member): Promise<void> {
    const { signal } = this.#closing
    for (;;) {
      await pause(member.backoff.nextMs(), signal)
      if (signal.aborted) return
      try {
        await this.#vet(member)
        break
      } catch (fault) {
        if (signal.aborted) return
        this.#tellOtherChain(member, fault)
        member.fault = reasonOf(fault)
      }
    }
    member.fault = undefined
    member.wellSince = performance.now()
    this.#log.info('an Ethereum node is well again', { node: member.name })
    if (this.#members.indexOf(member) < this.#members.indexOf(this.#used)) this.#use(member)
  }

  #tellOtherChain(member: Member, fault: unknown): void {
    if (!(fault instanceof OtherChain) || member.fault === fault.message) return
    this.#log.error('an Ethereum node serves another chain and is not used: correct ethereum_json_rpc_http_endpoint', {
      ...{ node: member.name, reason: fault.message },
    })
  }
}

const reasonOf = (fault: unknown): string => {
  if (fault instanceof NodeAway) return fault.reason
  return fault instanceof Error ? fault.message : String(fault)
}

const quantityOf = (value: unknown): bigint | undefined =>
  typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value) ? BigInt(value) : undefined

/** Codes of servers and unknown methods, but for what a contract itself refuses. */
function mayBeTheNodes({ code, message }: NonNullable<Answer['error']>): boolean {
  return (code === -32_601 || code === -32_603 || (code <= -32_000 && code >= -32_099)) && !/revert/i.test(message)
}
