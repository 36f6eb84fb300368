// Original file: proto/daemon/legacy.proto


export interface EmptyInput {
}

export interface Empty {
}
