import { Etcd3, EtcdInvalidAuthTokenError } from 'etcd3'

const TRANSACTION = '/etcdserverpb.KV/Txn'
const unchanged = (bytes: Buffer): Buffer => bytes

/** The library's way to one endpoint, which also takes transactions that are bytes already. */
export class Connection extends Etcd3 {
  async transact(request: Buffer, options: { readonly deadline: number }): Promise<Buffer> {
    try {
      return await this.#send(request, options)
    } catch (fault) {
      if (!(fault instanceof EtcdInvalidAuthTokenError)) throw fault
      // Nothing was done. The library asks for another token where that happens to a question of its own.
      await this.kv.range({ key: Buffer.from('token'), count_only: true }, options)
      return await this.#send(request, options)
    }
  }

  #send(request: Buffer, options: { readonly deadline: number }): Promise<Buffer> {
    return this.pool.withConnection(
      'KV',
      ({ client, metadata }) =>
        new Promise<Buffer>((done, fail) => {
          client.makeUnaryRequest(TRANSACTION, unchanged, unchanged, request, metadata, options, (fault, answer) => {
            if (fault) fail(fault)
            else if (answer) done(answer)
            else fail(new Error('it answered nothing'))
          })
        }),
    )
  }
}
