import { describe, expect, it } from 'vitest'
import { GroupCommits } from '../../../../src/daemon/storage/embedded/group-commits.js'

/** LMDB's transactions, told when they are over: `here` are those on the main thread, `away` those on its own. */
class ScriptedStore {
  readonly here: number[] = []
  readonly away: number[] = []
  /** What ends the transactions that wait for it, each with a fault or none. */
  readonly #ends: ((fault?: Error) => void)[] = []
  #ran = 0
  failsHere: Error | undefined

  constructor(readonly waits: boolean) {}

  /** A step that counts itself. */
  readonly step = (): number => ++this.#ran

  get ran(): number {
    return this.#ran
  }

  transactionSync<T>(run: () => T): T {
    const before = this.#ran
    const result = run()
    this.here.push(this.#ran - before)
    if (this.failsHere) throw this.failsHere
    return result
  }

  async transaction<T>(run: () => T): Promise<T> {
    const before = this.#ran
    const result = run()
    this.away.push(this.#ran - before)
    if (this.waits) await new Promise<void>((done, fail) => this.#ends.push((fault) => (fault ? fail(fault) : done())))
    return result
  }

  end(fault?: Error): void {
    this.#ends.shift()?.(fault)
  }
}

const turn = () => new Promise((done) => setImmediate(done))

/** Ends each transaction that waits for it until `work` is done. */
async function endingAll<T>(store: ScriptedStore, work: Promise<T>): Promise<T> {
  let isDone = false
  void work.finally(() => (isDone = true))
  while (!isDone) {
    await turn()
    store.end()
  }
  return await work
}

function start(waits: boolean) {
  const store = new ScriptedStore(waits)
  return { store, commits: new GroupCommits(store) }
}

describe('commits of one store', () => {
  it('writes what is asked for in one turn at once, and answers each with its own', async () => {
    const { store, commits } = start(false)
    expect(await Promise.all([commits.run(store.step), commits.run(store.step), commits.run(store.step)])).toEqual([
      1, 2, 3,
    ])
    expect(store.away).toEqual([3])
  })

  it('waits for those of the next turn as long as each turn brings somebody', async () => {
    const { store, commits } = start(false)
    const all = [commits.run(store.step)]
    for (let i = 1; i < 5; i++) {
      all.push(commits.run(store.step))
      await turn()
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5])
    expect(store.away).toEqual([5])
  })

  it('waits for no more where there are many, though somebody comes in each turn', async () => {
    const { store, commits } = start(false)
    const all = Array.from({ length: 60 }, () => commits.run(store.step))
    for (let i = 0; i < 8; i++) {
      all.push(commits.run(store.step))
      await turn()
    }
    await Promise.all(all)
    expect(store.away[0]).toBe(64)
  })

  it('begins none while another is under way: what comes meanwhile shares the next', async () => {
    const { store, commits } = start(true)
    const first = commits.run(store.step)
    await turn()
    const later = Promise.all([commits.run(store.step), commits.run(store.step)])
    await turn()
    await turn()
    expect(store.ran).toBe(1)
    store.end()
    await first
    await endingAll(store, later)
    expect([...store.away, ...store.here]).toEqual([1, 2])
  })

  it('answers nobody before it is durable', async () => {
    const { store, commits } = start(true)
    let isDone = false
    const run = commits.run(store.step).then(() => (isDone = true))
    await turn()
    await turn()
    expect([store.ran, isDone]).toEqual([1, false])
    store.end()
    await run
  })

  it('fails all that shared one that failed, with the cause that LMDB tells of it', async () => {
    const { store, commits } = start(true)
    const both = Promise.allSettled([commits.run(store.step), commits.run(store.step)])
    while (store.ran < 2) await turn()
    const commitError = Promise.reject(new Error('no room'))
    store.end(Object.assign(new Error('commit failed'), { commitError }))
    expect((await both).map((each) => (each as PromiseRejectedResult).reason as Error)).toEqual([
      new Error('no room'),
      new Error('no room'),
    ])
    expect(await endingAll(store, commits.run(store.step))).toBe(3)
  })

  it('fails a step alone that throws', async () => {
    const { store, commits } = start(false)
    const fault = new Error('damaged')
    const outcomes = await Promise.allSettled([
      commits.run(store.step),
      commits.run(() => {
        throw fault
      }),
      commits.run(store.step),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((outcomes[1] as PromiseRejectedResult).reason).toBe(fault)
  })

  it('writes on the main thread where the disk is quick, and what is much on the other one', async () => {
    const { store, commits } = start(false)
    await commits.run(store.step)
    // A busy machine may need longer for the first ones.
    while (store.here.length === 0) await commits.run(store.step)
    expect(store.here).toEqual([1])
    const before = store.away.length
    await Promise.all(Array.from({ length: 17 }, () => commits.run(store.step)))
    expect(store.away.slice(before)).toEqual([17])
  })

  it('tells of one that failed on the main thread, and goes on', async () => {
    const { store, commits } = start(false)
    while (store.here.length === 0) await commits.run(store.step)
    store.failsHere = new Error('no room')
    while ((await commits.run(store.step).catch((fault: Error) => fault.message)) !== 'no room') continue
    store.failsHere = undefined
    expect(await commits.run(store.step)).toBe(store.ran)
  })

  it('is idle once all is durable', async () => {
    const { store, commits } = start(true)
    const run = commits.run(store.step)
    const idle = commits.idle().then(() => 'idle')
    await turn()
    expect(await Promise.race([idle, turn().then(() => 'busy')])).toBe('busy')
    store.end()
    await run
    expect(await idle).toBe('idle')
  })
})
