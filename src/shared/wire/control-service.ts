import type { ServiceClientConstructor } from '@grpc/grpc-js'
import { loadService } from './protos.js'

/** What a daemon says of itself, as on the wire; see proto/snetd/control/v1/control.proto. 64-bit numbers are text. */
export interface StatusMessage {
  readonly phase: 'STARTING' | 'SERVING' | 'STOPPING'
  readonly healthy: boolean
  readonly parts?: readonly { readonly name: string; readonly ok?: boolean; readonly reason?: string }[]
  readonly pid: number
  readonly version: string
  readonly uptime_seconds: number
  readonly waiting_for?: string
  readonly gate?: GateMessage
  readonly infra?: InfraStatusMessage
}

export interface GateMessage {
  readonly endpoint: string
  readonly tls: boolean
  /** What follows is there where calls are paid only, calls in flight excepted. */
  readonly unpaid?: boolean
  readonly organization?: string
  readonly service?: string
  readonly group?: string
  readonly network?: string
  readonly mpe?: string
  readonly storage?: string
  readonly channels?: string | number
  readonly block?: string
  readonly calls_in_flight: number
  readonly payments_in_flight?: number
  readonly cogs_in_flight?: string
  readonly payments_kept?: string | number
  readonly cogs_kept?: string
}

export interface InfraStatusMessage {
  readonly endpoint: string
  readonly tls: boolean
  readonly token: boolean
  readonly client_certificate: boolean
  readonly berty: string
  readonly berty_state: string
  readonly groups: number
  readonly tests: number
  readonly tests_running: number
}

export const loadControlService = (): ServiceClientConstructor =>
  loadService('snetd/control/v1/control.proto', 'snetd.control.v1.Control')
