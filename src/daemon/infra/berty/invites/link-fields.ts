/** The fields of an invite of any form, not judged yet. Absent parts are empty, or 0. */
export interface LinkFields {
  readonly kind: number
  readonly group: GroupFields
  readonly displayName: string
  readonly internalUrl: string
  readonly webUrl: string
}

export interface GroupFields {
  readonly publicKey: Uint8Array
  readonly secret: Uint8Array
  readonly secretSig: Uint8Array
  readonly groupType: number
  readonly signPub: Uint8Array
  readonly linkKey: Uint8Array
  readonly linkKeySig: Uint8Array
}
