import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeProtos, type FileDescriptor } from '../../content/index.js'
import { packageRoot } from '../../shared/package.js'

/** Where the daemon's own services are declared, below `proto/`. */
const OWN_FILES = [
  'configuration_service/configuration_service.proto',
  'escrow/control_service.proto',
  'escrow/state_service.proto',
  'escrow/token_service.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
  'grpc/reflection/v1alpha/reflection.proto',
  'training/training.proto',
  'training/training_daemon.proto',
]

export const describeOwnFiles = (): Promise<readonly FileDescriptor[]> =>
  describeProtos(new Map(OWN_FILES.map((name) => [name, readFileSync(join(packageRoot, 'proto', name), 'utf8')])))
