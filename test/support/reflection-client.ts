import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js'
import protobuf from 'protobufjs'
import descriptor from 'protobufjs/ext/descriptor.js'
import { loadReflectionService, type ReflectionRequest, type ReflectionResponse } from '../../src/shared/wire/index.js'

/** What a tool like grpcurl does: asks what is served, and builds types of what it is told. */
export class ReflectionClient implements Disposable {
  readonly #client: Client
  readonly #calls: ClientDuplexStream<ReflectionRequest, ReflectionResponse>
  readonly #files = new Map<string, Uint8Array>()
  readonly #waiting: { done: (answer: ReflectionResponse) => void; fail: (error: Error) => void }[] = []

  constructor(target: string, version: 'v1' | 'v1alpha' = 'v1') {
    this.#client = new Client(target, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 })
    const method = loadReflectionService(version).service['ServerReflectionInfo']
    if (!method) throw new Error('there is no such method')
    this.#calls = this.#client.makeBidiStreamRequest(method.path, method.requestSerialize, method.responseDeserialize)
    this.#calls.on('data', (answer: ReflectionResponse) => this.#waiting.shift()?.done(answer))
    this.#calls.on('error', (error) => {
      for (const { fail } of this.#waiting.splice(0)) fail(error)
    })
  }

  ask(request: ReflectionRequest): Promise<ReflectionResponse> {
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail })
      this.#calls.write(request)
    })
  }

  async services(): Promise<string[]> {
    const { list_services_response: told } = await this.ask({ list_services: '*' })
    return (told?.service ?? []).map(({ name = '' }) => name)
  }

  /** Every type of the file that declares the symbol, and of those that it needs. */
  async typesFor(symbol: string): Promise<protobuf.Root> {
    const { file_descriptor_response: told, error_response: error } = await this.ask({ file_containing_symbol: symbol })
    if (!told) throw new Error(`${error?.error_code} ${error?.error_message}`)
    for (const bytes of told.file_descriptor_proto ?? []) {
      const { name } = descriptor.FileDescriptorProto.decode(bytes) as unknown as { name: string }
      this.#files.set(name, bytes)
    }
    const file = [...this.#files.values()].map((bytes) => descriptor.FileDescriptorProto.decode(bytes))
    return protobuf.Root.fromDescriptor({ file } as never, { keepCase: true })
  }

  [Symbol.dispose](): void {
    this.#calls.cancel()
    this.#client.close()
  }
}
