// Original file: proto/snetd/infra/v1/infra.proto


export interface GetPeerRequestInput {
}

export interface GetPeerRequest {
}
