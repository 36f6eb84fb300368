import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CheckStorageRequestInput as _snetd_control_v1_CheckStorageRequestInput, CheckStorageRequest as _snetd_control_v1_CheckStorageRequest } from './snetd/control/v1/CheckStorageRequest.js';
import type { ControlClient as _snetd_control_v1_ControlClient, ControlDefinition as _snetd_control_v1_ControlDefinition } from './snetd/control/v1/Control.js';
import type { EthereumNodeInput as _snetd_control_v1_EthereumNodeInput, EthereumNode as _snetd_control_v1_EthereumNode } from './snetd/control/v1/EthereumNode.js';
import type { ExpiringInput as _snetd_control_v1_ExpiringInput, Expiring as _snetd_control_v1_Expiring } from './snetd/control/v1/Expiring.js';
import type { ExportStorageRequestInput as _snetd_control_v1_ExportStorageRequestInput, ExportStorageRequest as _snetd_control_v1_ExportStorageRequest } from './snetd/control/v1/ExportStorageRequest.js';
import type { FreeCallUserEntryInput as _snetd_control_v1_FreeCallUserEntryInput, FreeCallUserEntry as _snetd_control_v1_FreeCallUserEntry } from './snetd/control/v1/FreeCallUserEntry.js';
import type { FreeCallUserReplyInput as _snetd_control_v1_FreeCallUserReplyInput, FreeCallUserReply as _snetd_control_v1_FreeCallUserReply } from './snetd/control/v1/FreeCallUserReply.js';
import type { FreeCallUserRequestInput as _snetd_control_v1_FreeCallUserRequestInput, FreeCallUserRequest as _snetd_control_v1_FreeCallUserRequest } from './snetd/control/v1/FreeCallUserRequest.js';
import type { GateInput as _snetd_control_v1_GateInput, Gate as _snetd_control_v1_Gate } from './snetd/control/v1/Gate.js';
import type { GetStatusRequestInput as _snetd_control_v1_GetStatusRequestInput, GetStatusRequest as _snetd_control_v1_GetStatusRequest } from './snetd/control/v1/GetStatusRequest.js';
import type { HoldInput as _snetd_control_v1_HoldInput, Hold as _snetd_control_v1_Hold } from './snetd/control/v1/Hold.js';
import type { ImportStorageReplyInput as _snetd_control_v1_ImportStorageReplyInput, ImportStorageReply as _snetd_control_v1_ImportStorageReply } from './snetd/control/v1/ImportStorageReply.js';
import type { ImportStorageRequestInput as _snetd_control_v1_ImportStorageRequestInput, ImportStorageRequest as _snetd_control_v1_ImportStorageRequest } from './snetd/control/v1/ImportStorageRequest.js';
import type { ImportedRecordsInput as _snetd_control_v1_ImportedRecordsInput, ImportedRecords as _snetd_control_v1_ImportedRecords } from './snetd/control/v1/ImportedRecords.js';
import type { InfraInput as _snetd_control_v1_InfraInput, Infra as _snetd_control_v1_Infra } from './snetd/control/v1/Infra.js';
import type { KeptChannelInput as _snetd_control_v1_KeptChannelInput, KeptChannel as _snetd_control_v1_KeptChannel } from './snetd/control/v1/KeptChannel.js';
import type { KeptChannelsInput as _snetd_control_v1_KeptChannelsInput, KeptChannels as _snetd_control_v1_KeptChannels } from './snetd/control/v1/KeptChannels.js';
import type { KeptClaimInput as _snetd_control_v1_KeptClaimInput, KeptClaim as _snetd_control_v1_KeptClaim } from './snetd/control/v1/KeptClaim.js';
import type { KeptClaimsInput as _snetd_control_v1_KeptClaimsInput, KeptClaims as _snetd_control_v1_KeptClaims } from './snetd/control/v1/KeptClaims.js';
import type { ListChannelsRequestInput as _snetd_control_v1_ListChannelsRequestInput, ListChannelsRequest as _snetd_control_v1_ListChannelsRequest } from './snetd/control/v1/ListChannelsRequest.js';
import type { ListClaimsRequestInput as _snetd_control_v1_ListClaimsRequestInput, ListClaimsRequest as _snetd_control_v1_ListClaimsRequest } from './snetd/control/v1/ListClaimsRequest.js';
import type { ListFreeCallUsersRequestInput as _snetd_control_v1_ListFreeCallUsersRequestInput, ListFreeCallUsersRequest as _snetd_control_v1_ListFreeCallUsersRequest } from './snetd/control/v1/ListFreeCallUsersRequest.js';
import type { PartInput as _snetd_control_v1_PartInput, Part as _snetd_control_v1_Part } from './snetd/control/v1/Part.js';
import type { ReportQueueInput as _snetd_control_v1_ReportQueueInput, ReportQueue as _snetd_control_v1_ReportQueue } from './snetd/control/v1/ReportQueue.js';
import type { StatusInput as _snetd_control_v1_StatusInput, Status as _snetd_control_v1_Status } from './snetd/control/v1/Status.js';
import type { StorageFaultInput as _snetd_control_v1_StorageFaultInput, StorageFault as _snetd_control_v1_StorageFault } from './snetd/control/v1/StorageFault.js';
import type { StorageFaultsInput as _snetd_control_v1_StorageFaultsInput, StorageFaults as _snetd_control_v1_StorageFaults } from './snetd/control/v1/StorageFaults.js';
import type { StorageLinesInput as _snetd_control_v1_StorageLinesInput, StorageLines as _snetd_control_v1_StorageLines } from './snetd/control/v1/StorageLines.js';
import type { StorageMoneyInput as _snetd_control_v1_StorageMoneyInput, StorageMoney as _snetd_control_v1_StorageMoney } from './snetd/control/v1/StorageMoney.js';
import type { UnlockChannelReplyInput as _snetd_control_v1_UnlockChannelReplyInput, UnlockChannelReply as _snetd_control_v1_UnlockChannelReply } from './snetd/control/v1/UnlockChannelReply.js';
import type { UnlockChannelRequestInput as _snetd_control_v1_UnlockChannelRequestInput, UnlockChannelRequest as _snetd_control_v1_UnlockChannelRequest } from './snetd/control/v1/UnlockChannelRequest.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  snetd: {
    control: {
      v1: {
        CheckStorageRequest: MessageTypeDefinition<_snetd_control_v1_CheckStorageRequestInput, _snetd_control_v1_CheckStorageRequest>
        Control: SubtypeConstructor<typeof grpc.Client, _snetd_control_v1_ControlClient> & { service: _snetd_control_v1_ControlDefinition }
        EthereumNode: MessageTypeDefinition<_snetd_control_v1_EthereumNodeInput, _snetd_control_v1_EthereumNode>
        Expiring: MessageTypeDefinition<_snetd_control_v1_ExpiringInput, _snetd_control_v1_Expiring>
        ExportStorageRequest: MessageTypeDefinition<_snetd_control_v1_ExportStorageRequestInput, _snetd_control_v1_ExportStorageRequest>
        FreeCallUserEntry: MessageTypeDefinition<_snetd_control_v1_FreeCallUserEntryInput, _snetd_control_v1_FreeCallUserEntry>
        FreeCallUserReply: MessageTypeDefinition<_snetd_control_v1_FreeCallUserReplyInput, _snetd_control_v1_FreeCallUserReply>
        FreeCallUserRequest: MessageTypeDefinition<_snetd_control_v1_FreeCallUserRequestInput, _snetd_control_v1_FreeCallUserRequest>
        Gate: MessageTypeDefinition<_snetd_control_v1_GateInput, _snetd_control_v1_Gate>
        GetStatusRequest: MessageTypeDefinition<_snetd_control_v1_GetStatusRequestInput, _snetd_control_v1_GetStatusRequest>
        Hold: MessageTypeDefinition<_snetd_control_v1_HoldInput, _snetd_control_v1_Hold>
        ImportStorageReply: MessageTypeDefinition<_snetd_control_v1_ImportStorageReplyInput, _snetd_control_v1_ImportStorageReply>
        ImportStorageRequest: MessageTypeDefinition<_snetd_control_v1_ImportStorageRequestInput, _snetd_control_v1_ImportStorageRequest>
        ImportedRecords: MessageTypeDefinition<_snetd_control_v1_ImportedRecordsInput, _snetd_control_v1_ImportedRecords>
        Infra: MessageTypeDefinition<_snetd_control_v1_InfraInput, _snetd_control_v1_Infra>
        KeptChannel: MessageTypeDefinition<_snetd_control_v1_KeptChannelInput, _snetd_control_v1_KeptChannel>
        KeptChannels: MessageTypeDefinition<_snetd_control_v1_KeptChannelsInput, _snetd_control_v1_KeptChannels>
        KeptClaim: MessageTypeDefinition<_snetd_control_v1_KeptClaimInput, _snetd_control_v1_KeptClaim>
        KeptClaims: MessageTypeDefinition<_snetd_control_v1_KeptClaimsInput, _snetd_control_v1_KeptClaims>
        ListChannelsRequest: MessageTypeDefinition<_snetd_control_v1_ListChannelsRequestInput, _snetd_control_v1_ListChannelsRequest>
        ListClaimsRequest: MessageTypeDefinition<_snetd_control_v1_ListClaimsRequestInput, _snetd_control_v1_ListClaimsRequest>
        ListFreeCallUsersRequest: MessageTypeDefinition<_snetd_control_v1_ListFreeCallUsersRequestInput, _snetd_control_v1_ListFreeCallUsersRequest>
        Part: MessageTypeDefinition<_snetd_control_v1_PartInput, _snetd_control_v1_Part>
        ReportQueue: MessageTypeDefinition<_snetd_control_v1_ReportQueueInput, _snetd_control_v1_ReportQueue>
        Status: MessageTypeDefinition<_snetd_control_v1_StatusInput, _snetd_control_v1_Status>
        StorageFault: MessageTypeDefinition<_snetd_control_v1_StorageFaultInput, _snetd_control_v1_StorageFault>
        StorageFaults: MessageTypeDefinition<_snetd_control_v1_StorageFaultsInput, _snetd_control_v1_StorageFaults>
        StorageLines: MessageTypeDefinition<_snetd_control_v1_StorageLinesInput, _snetd_control_v1_StorageLines>
        StorageMoney: MessageTypeDefinition<_snetd_control_v1_StorageMoneyInput, _snetd_control_v1_StorageMoney>
        UnlockChannelReply: MessageTypeDefinition<_snetd_control_v1_UnlockChannelReplyInput, _snetd_control_v1_UnlockChannelReply>
        UnlockChannelRequest: MessageTypeDefinition<_snetd_control_v1_UnlockChannelRequestInput, _snetd_control_v1_UnlockChannelRequest>
      }
    }
  }
}

