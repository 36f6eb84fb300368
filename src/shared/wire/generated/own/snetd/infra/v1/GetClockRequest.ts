// Original file: proto/snetd/infra/v1/infra.proto


export interface GetClockRequestInput {
}

export interface GetClockRequest {
}
