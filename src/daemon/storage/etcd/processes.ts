import type { IKeyValue } from 'etcd3'
import { isObject } from '../../../shared/is-object.js'
import { printable } from '../../../shared/printable.js'
import type { Processes } from '../../payments/ports.js'
import type { EtcdClient } from './client.js'
import { follow } from './follow.js'
import { type Membership, nameOf } from './membership.js'

/** Who shares the store, by the keys that live as long as their leases. */
export class EtcdProcesses implements Processes, AsyncDisposable {
  readonly #membership: Membership
  readonly #prefix: string
  readonly #closing = new AbortController()
  readonly #following: Promise<void>
  /** By key. */
  #living = new Map<string, Living>()
  /** Whoever was listed up to this revision and is not there is gone; of those listed later nothing is known yet. */
  #seen = 0n

  constructor(client: EtcdClient, { prefix, membership }: { prefix: string; membership: Membership }) {
    this.#membership = membership
    this.#prefix = prefix
    this.#following = follow(
      client,
      prefix,
      {
        state: (kvs, revision) => {
          this.#living = new Map(kvs.map((kv) => [kv.key.toString(), this.#read(kv)]))
          this.#seen = revision
        },
        changed: (events, revision) => {
          for (const { kv, isGone } of events) {
            if (isGone) this.#living.delete(kv.key.toString())
            else this.#living.set(kv.key.toString(), this.#read(kv))
          }
          this.#seen = revision
        },
      },
      this.#closing.signal,
    )
  }

  get self(): Processes['self'] {
    return this.#membership.session
  }

  isGone(name: string): boolean {
    if (name === this.self.name) return false
    const [, since] = /^(\d{1,20})-/.exec(name) ?? []
    // No process of a store like this one has such a name: it comes from another store.
    if (since === undefined) return true
    return BigInt(since) <= this.#seen && ![...this.#living.values()].some((living) => living.name === name)
  }

  /** Whoever has a lease, for the operator. */
  describe(lease: string): string {
    const { about = '' } = [...this.#living.values()].find((living) => living.lease === lease) ?? {}
    return about === '' ? 'another daemon of the group' : `the daemon of the group on ${about}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#following
  }

  #read({ key, create_revision: since, lease, value }: IKeyValue): Living {
    return { name: nameOf(since, key.toString().slice(this.#prefix.length)), lease, about: readAbout(value) }
  }
}

interface Living {
  readonly name: string
  readonly lease: string
  /** Its host and process id. */
  readonly about: string
}

/** Whatever lies there was written by somebody else. */
function readAbout(value: Buffer): string {
  try {
    const about: unknown = JSON.parse(value.toString())
    if (!isObject(about)) return ''
    const { host, pid } = about
    return typeof host === 'string' && typeof pid === 'number' ? `${printable(host).slice(0, 100)} (pid ${pid})` : ''
  } catch {
    return ''
  }
}
