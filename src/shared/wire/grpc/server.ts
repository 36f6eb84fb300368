import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'

export { status as grpcStatus } from '@grpc/grpc-js'

/** Serves one gRPC service in cleartext on a free port of `host`. */
export async function startGrpcServer(
  definition: ServiceDefinition,
  handlers: UntypedServiceImplementation,
  host: string,
): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = new Server()
  server.addService(definition, handlers)
  const port = await new Promise<number>((done, fail) =>
    server.bindAsync(`${host}:0`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? fail(error) : done(bound),
    ),
  )
  return { port, [Symbol.asyncDispose]: async () => server.forceShutdown() }
}
