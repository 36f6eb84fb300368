// Original file: proto/snetd/control/v1/control.proto


export interface GetStatusRequestInput {
}

export interface GetStatusRequest {
}
