// Original file: proto/snetd/control/v1/control.proto


export interface CheckStorageRequestInput {
}

export interface CheckStorageRequest {
}
