import type { ServiceClientConstructor } from '@grpc/grpc-js'
import { loadService } from './protos.js'

/** Our own service of the control daemon; see proto/snetd/infra/v1/infra.proto. */
export const loadInfraService = (): ServiceClientConstructor =>
  loadService('snetd/infra/v1/infra.proto', 'snetd.infra.v1.Infra')
