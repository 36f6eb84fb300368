// Original file: proto/snetd/control/v1/control.proto

import type { KeptClaimInput as _snetd_control_v1_KeptClaimInput, KeptClaim as _snetd_control_v1_KeptClaim } from '../../../snetd/control/v1/KeptClaim.js';

export interface KeptClaimsInput {
  'claims'?: (_snetd_control_v1_KeptClaimInput)[];
  'more'?: (boolean);
}

export interface KeptClaims {
  'claims'?: (_snetd_control_v1_KeptClaim)[];
  'more'?: (boolean);
}
