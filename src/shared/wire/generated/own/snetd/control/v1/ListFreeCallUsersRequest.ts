// Original file: proto/snetd/control/v1/control.proto


export interface ListFreeCallUsersRequestInput {
}

export interface ListFreeCallUsersRequest {
}
