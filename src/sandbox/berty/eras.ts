import type { BertyProtocolPackage } from '../../shared/wire/grpc/index.js'

/** Generations of Berty (berty 3.1). B and D were never observed: B is taken as A without media, D as C. */
export type Era = 'A' | 'B' | 'C' | 'D' | 'E'

export interface EraTraits {
  readonly version: string
  readonly protocolPackage: BertyProtocolPackage
  readonly configuration: 'InstanceGetConfiguration' | 'ServiceGetConfiguration'
  readonly authFlow: 'protocol' | 'messenger'
  readonly hasMedia: boolean
  /** The types of message that Interact accepts. */
  readonly interactTypes: readonly number[]
  /** Whether Interact checks for an empty key before it decodes the payload. */
  readonly checksKeyFirst: boolean
  /** Whether bodies that start with `/dd` are refused as debug commands. */
  readonly refusesDebugCommands: boolean
  /** Whether a bytes field that is present but empty counts as set. */
  readonly emptyIsSet: boolean
  readonly countersStartAtOne: boolean
  readonly errorPackage: 'berty.errcode' | 'weshnet.errcode'
  readonly unknownGroup: { readonly code: number; readonly text: string }
  /** Whether streams of a deactivated group sometimes end; otherwise they only fall silent. */
  readonly endsDeadStreams: boolean
  /** Whether chain keys are sometimes sent again under another id. */
  readonly repeatsChainKeys: boolean
  readonly canRegisterReplication: boolean
  /** Whether the protocol service tells Berty's own version. */
  readonly protocolTellsVersion: boolean
  /**
   * Whether a group of this generation stays hidden from other ones until a second member of this generation is in it
   * (berty 3.7, under load).
   */
  readonly hidesItsGroups: boolean
  /** How many times longer than head it takes for everything. */
  readonly slowness: number
}

const A: EraTraits = {
  version: '2.434.7',
  protocolPackage: 'berty.protocol.v1',
  configuration: 'InstanceGetConfiguration',
  authFlow: 'protocol',
  hasMedia: true,
  interactTypes: [1, 2, 3, 4, 5, 6, 7],
  checksKeyFirst: true,
  refusesDebugCommands: false,
  emptyIsSet: true,
  countersStartAtOne: false,
  errorPackage: 'berty.errcode',
  unknownGroup: { code: 888, text: 'ErrInternal(#888): unknown group or not activated yet' },
  endsDeadStreams: false,
  repeatsChainKeys: false,
  canRegisterReplication: true,
  protocolTellsVersion: true,
  hidesItsGroups: false,
  slowness: 2,
}

const C: EraTraits = {
  ...A,
  version: '2.455.0',
  protocolPackage: 'weshnet.protocol.v1',
  hasMedia: false,
  interactTypes: [1, 3, 4, 5, 6, 8, 9],
  errorPackage: 'weshnet.errcode',
  unknownGroup: { code: 1310, text: 'ErrGroupUnknown(#1310)' },
  endsDeadStreams: true,
  protocolTellsVersion: false,
}

export const ERAS: Readonly<Record<Era, EraTraits>> = {
  A,
  B: { ...A, version: '2.440.0', hasMedia: false },
  C,
  D: { ...C, version: '2.461.0', configuration: 'ServiceGetConfiguration' },
  E: {
    ...C,
    version: '2.480.0',
    configuration: 'ServiceGetConfiguration',
    authFlow: 'messenger',
    interactTypes: [1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14],
    checksKeyFirst: false,
    refusesDebugCommands: true,
    emptyIsSet: false,
    countersStartAtOne: true,
    endsDeadStreams: false,
    repeatsChainKeys: true,
    canRegisterReplication: false,
    hidesItsGroups: true,
    slowness: 1,
  },
}
