// Original file: proto/snetd/control/v1/control.proto


export interface ListClaimsRequestInput {
}

export interface ListClaimsRequest {
}
