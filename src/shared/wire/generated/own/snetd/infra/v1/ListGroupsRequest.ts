// Original file: proto/snetd/infra/v1/infra.proto


export interface ListGroupsRequestInput {
}

export interface ListGroupsRequest {
}
