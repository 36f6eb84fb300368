import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ControlClient as _snetd_control_v1_ControlClient, ControlDefinition as _snetd_control_v1_ControlDefinition } from './snetd/control/v1/Control.js';
import type { FreeCallUserEntryInput as _snetd_control_v1_FreeCallUserEntryInput, FreeCallUserEntry as _snetd_control_v1_FreeCallUserEntry } from './snetd/control/v1/FreeCallUserEntry.js';
import type { FreeCallUserReplyInput as _snetd_control_v1_FreeCallUserReplyInput, FreeCallUserReply as _snetd_control_v1_FreeCallUserReply } from './snetd/control/v1/FreeCallUserReply.js';
import type { FreeCallUserRequestInput as _snetd_control_v1_FreeCallUserRequestInput, FreeCallUserRequest as _snetd_control_v1_FreeCallUserRequest } from './snetd/control/v1/FreeCallUserRequest.js';
import type { GateInput as _snetd_control_v1_GateInput, Gate as _snetd_control_v1_Gate } from './snetd/control/v1/Gate.js';
import type { GetStatusRequestInput as _snetd_control_v1_GetStatusRequestInput, GetStatusRequest as _snetd_control_v1_GetStatusRequest } from './snetd/control/v1/GetStatusRequest.js';
import type { InfraInput as _snetd_control_v1_InfraInput, Infra as _snetd_control_v1_Infra } from './snetd/control/v1/Infra.js';
import type { ListFreeCallUsersRequestInput as _snetd_control_v1_ListFreeCallUsersRequestInput, ListFreeCallUsersRequest as _snetd_control_v1_ListFreeCallUsersRequest } from './snetd/control/v1/ListFreeCallUsersRequest.js';
import type { PartInput as _snetd_control_v1_PartInput, Part as _snetd_control_v1_Part } from './snetd/control/v1/Part.js';
import type { StatusInput as _snetd_control_v1_StatusInput, Status as _snetd_control_v1_Status } from './snetd/control/v1/Status.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  snetd: {
    control: {
      v1: {
        Control: SubtypeConstructor<typeof grpc.Client, _snetd_control_v1_ControlClient> & { service: _snetd_control_v1_ControlDefinition }
        FreeCallUserEntry: MessageTypeDefinition<_snetd_control_v1_FreeCallUserEntryInput, _snetd_control_v1_FreeCallUserEntry>
        FreeCallUserReply: MessageTypeDefinition<_snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserReply>
        FreeCallUserRequest: MessageTypeDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserRequest>
        Gate: MessageTypeDefinition<_snetd_control_v1_GateInput, _snetd_control_v1_Gate>
        GetStatusRequest: MessageTypeDefinition<_snetd_control_v1_GetStatusRequestInput, _snetd_control_v1_GetStatusRequest>
        Infra: MessageTypeDefinition<_snetd_control_v1_InfraInput, _snetd_control_v1_Infra>
        ListFreeCallUsersRequest: MessageTypeDefinition<_snetd_control_v1_ListFreeCallUsersRequestInput, _snetd_control_v1_ListFreeCallUsersRequest>
        Part: MessageTypeDefinition<_snetd_control_v1_PartInput, _snetd_control_v1_Part>
        Status: MessageTypeDefinition<_snetd_control_v1_StatusInput, _snetd_control_v1_Status>
      }
    }
  }
}

