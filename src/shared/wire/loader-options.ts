/**
 * How messages look in memory: what the loader is told at run time, and the generator of their types by
 * `npm run generate`. Numbers of 64 bits stay exact as decimal text; absent fields stay absent.
 */
const COMMON = { keepCase: true, longs: String, defaults: false, oneofs: true } as const

/** Our own services and SingularityNET's: enums by their names. */
export const OWN_OPTIONS = { ...COMMON, enums: String } as const

/** Berty's: enums are numbers, known or not. */
export const BERTY_OPTIONS = COMMON

/** The folders of generated types, each with the files below proto/ that it is made of. */
export const WIRE_TYPES = {
  own: {
    options: OWN_OPTIONS,
    files: [
      'snetd/infra/v1/infra.proto',
      'snetd/control/v1/control.proto',
      'escrow/state_service.proto',
      'configuration_service/configuration_service.proto',
      'training/training_daemon.proto',
      'escrow/control_service.proto',
      'escrow/token_service.proto',
      'grpc/health/v1/health.proto',
      'grpc/reflection/v1/reflection.proto',
      'server/proxy.proto',
      'daemon/legacy.proto',
      'example_service/example_service.proto',
    ],
  },
  berty: { options: BERTY_OPTIONS, files: ['berty/messenger/v1/messenger.proto'] },
} as const

/** Declared, too; its messages are those of the later version. */
export const WITHOUT_TYPES = ['grpc/reflection/v1alpha/reflection.proto'] as const
