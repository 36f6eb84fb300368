import type { MethodDefinition } from '@grpc/grpc-js'
import { SnetError } from '../../../shared/errors.js'
import type { Address } from '../../../shared/units.js'
import {
  type ConfigurationParameter,
  type ConfigurationRequest,
  type ConfigurationResponse,
  loadConfigurationService,
  type OwnMethod,
  type ProcessingStatus,
  unaryMethod,
  type UpdateRequest,
} from '../../../shared/wire/index.js'
import { Authentication, type AuthenticationDeps } from './authenticate.js'

export interface ConfigurationDeps extends AuthenticationDeps {
  readonly signers: {
    ofMethod(method: string, block: bigint, signature: Uint8Array): Address | undefined
    ofUpdate(updated: Readonly<Record<string, string>>, block: bigint, signature: Uint8Array): Address | undefined
  }
  /** What all replicas of the group do together. */
  readonly group: {
    readonly isPaused: boolean
    pause(): Promise<void>
    resume(): Promise<void>
  }
  readonly settings: {
    /** As they count now, without secrets. */
    shown(): Readonly<Record<string, string>>
    parameters(): readonly SettingParameter[]
    /** All of them or none. Errors: `invalid-request` naming the key; `wrong-state`; `storage-failed`. */
    update(changes: Readonly<Record<string, string>>): Promise<void>
  }
}

export interface SettingParameter {
  readonly name: string
  readonly description: string
  readonly type: NonNullable<ConfigurationParameter['type']>
  readonly isMandatory: boolean
  readonly isEditable: boolean
  readonly needsRestart: boolean
  readonly section: string
  readonly default: string
}

/** What operators read and change over the wire (snet-wire 1.5). */
export function configurationMethods(deps: ConfigurationDeps): OwnMethod[] {
  const { service } = loadConfigurationService()
  const authentication = new Authentication(deps)
  const { group, settings, signers } = deps
  const signerOf = (method: string) => (block: bigint, signature: Uint8Array) =>
    signers.ofMethod(method, block, signature)
  const answered = (): ConfigurationResponse => ({
    current_configuration: settings.shown(),
    schema: { details: settings.parameters().map(toParameter) },
  })
  const definition = <Request, Answer>(name: string) => service[name] as MethodDefinition<Request, Answer>
  const change = (name: string, act: () => Promise<void>): OwnMethod =>
    unaryMethod(definition<ConfigurationRequest, ProcessingStatus>(name), async ({ auth }) => {
      await authentication.requireChange(auth, signerOf(name))
      await act()
      return processingOf(group)
    })
  return [
    unaryMethod(definition<ConfigurationRequest, ConfigurationResponse>('GetConfiguration'), async ({ auth }) => {
      await authentication.requireOperator(auth, signerOf('GetConfiguration'))
      return answered()
    }),
    unaryMethod(definition<UpdateRequest, ConfigurationResponse>('UpdateConfiguration'), async (request) => {
      const updated = request.updated_configuration ?? {}
      const signer = (block: bigint, signature: Uint8Array) => signers.ofUpdate(updated, block, signature)
      // Without a chain a signature has no end: whoever has seen an old one could set an old value again.
      if (!deps.blocks) throw notInDevelopment()
      await authentication.requireChange(request.auth, signer)
      await settings.update(updated)
      return answered()
    }),
    change('StopProcessingRequests', () => group.pause()),
    change('StartProcessingRequests', () => group.resume()),
    unaryMethod(definition<ConfigurationRequest, ProcessingStatus>('IsDaemonProcessingRequests'), async ({ auth }) => {
      await authentication.requireOperator(auth, signerOf('IsDaemonProcessingRequests'))
      return processingOf(group)
    }),
  ]
}

const processingOf = ({ isPaused }: { readonly isPaused: boolean }): ProcessingStatus => ({
  current_processing_status: isPaused ? 'HAS_STOPPED_PROCESSING_REQUESTS' : 'REQUEST_IN_PROGRESS',
})

const toParameter = (one: SettingParameter): ConfigurationParameter => ({
  name: one.name,
  mandatory: one.isMandatory,
  description: one.description,
  type: one.type,
  editable: one.isEditable,
  restart_daemon: one.needsRestart ? 'RESTART_REQUIRED' : 'NO_IMPACT',
  section: one.section,
  defaultValue: one.default,
})

const notInDevelopment = (): SnetError =>
  new SnetError('wrong-state', 'settings are not updated while blockchain_enabled is false', {
    hint: 'Change the config file, and start the daemon again.',
  })
