import { type LoadedService, loadService } from './protos.js'

/** Our own service of the control daemon; see proto/snetd/infra/v1/infra.proto. */
export const loadInfraService = (): LoadedService => loadService('snetd.infra.v1.Infra')
