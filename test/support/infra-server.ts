import {
  Client,
  type ClientReadableStream,
  credentials,
  type ChannelCredentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js'
import { type InfraServerConfig, startInfraServer } from '../../src/daemon/infra/server/index.js'
import { loadInfraService } from '../../src/shared/wire/index.js'
import { FakeInfraControl } from './fake-infra-control.js'
import { quietLog } from './quiet-log.js'

/** A control daemon's port over the facade in memory, and a client of raw bytes. */
export async function startFakeInfra(config: Partial<InfraServerConfig> = {}) {
  const fake = new FakeInfraControl()
  const lines: string[] = []
  const server = await startInfraServer(
    { endpoint: { host: '127.0.0.1', port: 0 }, tls: undefined, token: undefined, inviteFormat: 'proto', ...config },
    { control: fake.control, log: quietLog(lines), nowUs: () => Date.now() * 1000 },
  )
  return {
    fake,
    lines,
    port: server.address.port,
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
    },
  }
}

export interface RawAnswer {
  readonly code: number
  readonly details: string
  readonly bytes: Buffer
  readonly metadata: Metadata
}

const asIs = (bytes: Buffer): Buffer => bytes

/** A client that sends and gets bytes, and takes every status for an answer. */
export function rawClient(
  port: number,
  { creds = credentials.createInsecure(), token }: { creds?: ChannelCredentials; token?: string } = {},
) {
  const client = new Client(`localhost:${port}`, creds, { 'grpc.max_send_message_length': -1 })
  const metadata = new Metadata()
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  const ask = (path: string, bytes: Buffer | string = '', extra = metadata): Promise<RawAnswer> => {
    const request = typeof bytes === 'string' ? Buffer.from(bytes.replaceAll(' ', ''), 'hex') : bytes
    const options = { deadline: Date.now() + 20_000 }
    return new Promise((done) => {
      client.makeUnaryRequest(path, asIs, asIs, request, extra, options, (error: ServiceError | null, reply) => {
        if (error) done({ code: error.code, details: error.details, bytes: Buffer.alloc(0), metadata: error.metadata })
        else done({ code: 0, details: '', bytes: reply ?? Buffer.alloc(0), metadata })
      })
    })
  }
  const { service } = loadInfraService()
  return {
    client,
    ask,
    /** A call of our own service, by its name. */
    async infra(
      name: string,
      request: object = {},
    ): Promise<{ reply: Record<string, unknown>; error: RawAnswer | undefined }> {
      const method = service[name]
      if (!method) throw new Error(`no method ${name}`)
      const answer = await ask(method.path, method.requestSerialize(request))
      if (answer.code !== 0) return { reply: {}, error: answer }
      return { reply: method.responseDeserialize(answer.bytes) as Record<string, unknown>, error: undefined }
    },
    stream(name: string, request: object = {}): ClientReadableStream<Record<string, unknown>> {
      const method = service[name]
      if (!method) throw new Error(`no method ${name}`)
      const decode = method.responseDeserialize as (bytes: Buffer) => Record<string, unknown>
      return client.makeServerStreamRequest(method.path, method.requestSerialize, decode, request, metadata)
    },
    [Symbol.dispose]: () => client.close(),
  }
}
