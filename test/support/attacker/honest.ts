import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:http2'
import { median } from '../../../bench/suite/statistics.js'
import { openInfraClient } from '../../../src/shared/wire/grpc/index.js'
import { type Arena, type Attacked, TOKEN } from './arena.js'
import { Book, type Kept } from './books.js'
import { ADD, numbers } from './kinds/requests.js'
import { Scene } from './scene.js'
import { ask, readState } from './wire.js'

/** Median times of one client's calls, each on a connection of its own. */
export interface Usual {
  readonly paidMs: number
  readonly stateMs: number
  /** Calls that were not answered well. */
  readonly failures: readonly string[]
}

const CALLS = 9
const PATIENCE_MS = 10_000

/** A client who pays and reads, and knows nothing of attacks. */
export class Honest {
  readonly #scene: Scene
  readonly #arena: Arena
  readonly #books = new Map<bigint, Book>()

  constructor(arena: Arena) {
    this.#arena = arena
    this.#scene = new Scene({ ...arena.grounds, seed: 'none', seconds: 0, lanes: 0, perSecond: 0 })
  }

  book(channel: bigint): Book {
    const known = this.#books.get(channel) ?? new Book(channel, this.#scene.plan)
    this.#books.set(channel, known)
    return known
  }

  /** What the daemon keeps of a channel; undefined when it does not tell. */
  async kept({ place }: Attacked, channel: bigint): Promise<Kept | undefined> {
    return await readState(this.#scene, place, this.book(channel))
  }

  async usualTime(attacked: Attacked): Promise<Usual> {
    const times = { paid: [] as number[], state: [] as number[] }
    const failures: string[] = []
    for (let i = 0; i < CALLS; i++) {
      let began = performance.now()
      const kept = await this.kept(attacked, attacked.honest[0])
      if (kept) this.book(attacked.honest[0]).begin(kept)
      else failures.push('GetChannelState was not answered')
      times.state.push(performance.now() - began)
      began = performance.now()
      const failure = await this.pay(attacked)
      if (failure !== undefined) failures.push(failure)
      times.paid.push(performance.now() - began)
    }
    return { paidMs: median(times.paid), stateMs: median(times.state), failures }
  }

  /** One paid call; resolves with what went wrong. */
  async pay({ place, honest: [channel] }: Attacked): Promise<string | undefined> {
    const book = this.book(channel)
    const amount = book.next
    const question = { path: ADD, headers: book.pay(amount), body: numbers(0), stayMs: PATIENCE_MS }
    const { status, message } = await ask(this.#scene, place, question)
    if (status !== '0') return `a paid call ended with ${status ?? 'nothing'}: ${message}`
    book.confirm(amount)
    return undefined
  }

  /** A paid stream that was answered once and stays open without a word until then; resolves with how it ended. */
  async quietStream({ place, honest: [, channel] }: Attacked, until: Promise<unknown>): Promise<string> {
    const { host, port } = place
    const book = this.book(channel)
    book.base = book.confirmed
    const amount = book.next
    const session = connect(`https://${host}:${port}`, { rejectUnauthorized: false })
    session.on('error', () => undefined)
    const stream = session.request({ ...RUNNING_SUM, ...book.pay(amount) }, { endStream: false })
    let status = 'nothing'
    const read = (block: IncomingHttpHeaders): unknown => (status = String(block['grpc-status'] ?? status))
    stream
      .on('response', read)
      .on('trailers', read)
      .on('error', ({ message }) => (status = message))
      .resume()
    stream.write(ONE)
    const closed = new Promise((done) => stream.once('close', done))
    await Promise.race([until, closed])
    stream.end()
    await closed
    session.destroy()
    if (status === '0') book.confirm(amount)
    return status
  }

  /** How long the control daemon takes to answer its controller, who comes anew each time; undefined when it does not. */
  async controlMs(): Promise<number | undefined> {
    const { host, port } = this.#arena.control
    const times = []
    for (let i = 0; i < CALLS; i++) {
      const began = performance.now()
      using client = openInfraClient({ address: `${host}:${port}`, tls: undefined, token: TOKEN })
      try {
        await client.call('ListTests', {}, { timeoutMs: PATIENCE_MS, signal: undefined })
      } catch {
        return undefined
      }
      times.push(performance.now() - began)
    }
    return median(times)
  }
}

/** Number { value: 1 } with its prefix. */
const ONE = Buffer.from('000000000909000000000000f03f', 'hex')
const RUNNING_SUM = {
  ...{ ':method': 'POST', ':path': '/example_service.Calculator/running_sum' },
  ...{ 'content-type': 'application/grpc', te: 'trailers' },
}
