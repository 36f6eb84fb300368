import { join } from 'node:path'
import { type GrpcObject, loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js'
import { loadSync, type PackageDefinition } from '@grpc/proto-loader'
import { packageRoot } from '../package.js'
import { OWN_OPTIONS } from './loader-options.js'

/**
 * A service of this package's own proto folder.
 *
 * @param file path below `proto/`, such as `escrow/state_service.proto`
 * @param name full name, such as `escrow.PaymentChannelStateService`
 */
export function loadService(file: string, name: string): ServiceClientConstructor {
  const loaded: GrpcObject = loadPackageDefinition(loadDefinition(file))
  const found = name.split('.').reduce<unknown>((at, part) => (at as GrpcObject | undefined)?.[part], loaded)
  if (typeof found !== 'function') throw new Error(`proto/${file} declares no service ${name}`)
  return found as ServiceClientConstructor
}

/** Everything that files of the proto folder declare, as reflection tells it. */
export function loadDefinition(...files: readonly string[]): PackageDefinition {
  const root = join(packageRoot, 'proto')
  return loadSync([...files], { ...OWN_OPTIONS, includeDirs: [root] })
}
