import { join } from 'node:path'
import { type GrpcObject, loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js'
import { loadSync, type Options } from '@grpc/proto-loader'
import { packageRoot } from '../package.js'

/** Numbers of 64 bits stay exact as decimal text; absent fields stay absent. */
const OPTIONS: Options = { keepCase: true, longs: String, enums: String, defaults: false, oneofs: true }

/**
 * A service of this package's own proto folder.
 *
 * @param file path below `proto/`, such as `escrow/state_service.proto`
 * @param name full name, such as `escrow.PaymentChannelStateService`
 */
export function loadService(file: string, name: string): ServiceClientConstructor {
  const root = join(packageRoot, 'proto')
  const loaded: GrpcObject = loadPackageDefinition(loadSync(join(root, file), { ...OPTIONS, includeDirs: [root] }))
  const found = name.split('.').reduce<unknown>((at, part) => (at as GrpcObject | undefined)?.[part], loaded)
  if (typeof found !== 'function') throw new Error(`proto/${file} declares no service ${name}`)
  return found as ServiceClientConstructor
}
