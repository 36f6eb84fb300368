import { join } from 'node:path'
import { loadSync, type PackageDefinition } from '@grpc/proto-loader'
import { packageRoot } from '../../package.js'
import { OWN_OPTIONS } from '../loader-options.js'

/** Everything that files of the proto folder declare, as reflection tells it. */
export function loadDefinition(...files: readonly string[]): PackageDefinition {
  const root = join(packageRoot, 'proto')
  return loadSync([...files], { ...OWN_OPTIONS, includeDirs: [root] })
}
