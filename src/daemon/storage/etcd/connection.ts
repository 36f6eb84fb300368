import { rootCertificates } from 'node:tls'
import { noop } from 'cockatiel'
import { Etcd3, type IOptions } from 'etcd3'
import { messageOf } from '../../../shared/errors.js'
import { readTransactionAnswer, type TransactionAnswer } from './answers.js'
import { DirectLine, MESSAGE_HEAD_BYTES } from './direct-line.js'
import { Unwritten } from './faults.js'
import { encodeTransaction, type Transaction } from './operations.js'

export interface EtcdConfig {
  /** URLs; any of them may be down. */
  readonly endpoints: readonly string[]
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer } | undefined
  readonly auth: { readonly username: string; readonly password: string } | undefined
  /** How long the first answer may take. */
  readonly connectionTimeoutMs: number
  readonly requestTimeoutMs: number
}

/** The library's way to one endpoint, and a shorter one for transactions. */
export class Connection extends Etcd3 {
  readonly #line: DirectLine
  readonly #isWithToken: boolean

  constructor(endpoint: string, config: EtcdConfig) {
    super(optionsOf(endpoint, config))
    this.#line = new DirectLine(endpoint, config.tls ?? {})
    this.#isWithToken = config.auth !== undefined
  }

  /**
   * Errors: `Unwritten`; those of `DirectLine.ask`.
   * @param deadline in milliseconds since 1970
   */
  async transact(transaction: Transaction, deadline: number): Promise<TransactionAnswer> {
    try {
      return await this.#send(transaction, deadline)
    } catch (fault) {
      if (!this.#isWithToken || !messageOf(fault).includes('invalid auth token')) throw fault
      // Nothing was done. The library asks for another token where that happens to a question of its own.
      await this.kv.range({ key: Buffer.from('token'), count_only: true }, { deadline })
      return await this.#send(transaction, deadline)
    }
  }

  override close(): void {
    this.#line.close()
    super.close()
  }

  async #send(transaction: Transaction, deadline: number): Promise<TransactionAnswer> {
    const token = this.#isWithToken ? await this.#token() : undefined
    const request = write(transaction)
    return readTransactionAnswer(await this.#line.ask({ path: TRANSACTION, request, deadline, token }))
  }

  /** As the library was given it last. */
  #token(): Promise<string | undefined> {
    return this.pool.withConnection('Auth', ({ metadata }) => Promise.resolve(metadata.get('token')[0]?.toString()))
  }
}

const TRANSACTION = '/etcdserverpb.KV/Txn'

function write(transaction: Transaction): Buffer {
  try {
    return encodeTransaction(transaction, MESSAGE_HEAD_BYTES)
  } catch (cause) {
    throw new Unwritten('a question to etcd could not be written', { cause })
  }
}

/** etcd takes PINGs every 5 s. An answer holds a page of records. */
const GRPC_OPTIONS = {
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 3_000,
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
}

function optionsOf(endpoint: string, { tls, auth, requestTimeoutMs }: EtcdConfig): IOptions {
  const authTimeout = (): { deadline: number } => ({ deadline: Date.now() + requestTimeoutMs })
  return {
    hosts: endpoint,
    grpcOptions: GRPC_OPTIONS,
    faultHandling: { host: () => noop, global: noop },
    ...(auth && { auth: { ...auth, callOptions: authTimeout } }),
    ...(tls &&
      endpoint.startsWith('https://') && {
        credentials: {
          rootCertificate: tls.ca ?? Buffer.from(rootCertificates.join('\n')),
          ...(tls.key && { privateKey: tls.key }),
          ...(tls.cert && { certChain: tls.cert }),
        },
      }),
  }
}
