// Original file: proto/snetd/control/v1/control.proto

import type { ExpiringInput as _snetd_control_v1_ExpiringInput, Expiring as _snetd_control_v1_Expiring } from '../../../snetd/control/v1/Expiring.js';
import type { EthereumNodeInput as _snetd_control_v1_EthereumNodeInput, EthereumNode as _snetd_control_v1_EthereumNode } from '../../../snetd/control/v1/EthereumNode.js';
import type { ReportQueueInput as _snetd_control_v1_ReportQueueInput, ReportQueue as _snetd_control_v1_ReportQueue } from '../../../snetd/control/v1/ReportQueue.js';
import type { Long } from '@grpc/proto-loader';

export interface GateInput {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'organization'?: (string);
  'service'?: (string);
  'group'?: (string);
  'network'?: (string);
  'mpe'?: (string);
  'storage'?: (string);
  'channels'?: (number | string | Long);
  'block'?: (number | string | Long);
  'calls_in_flight'?: (number);
  'payments_in_flight'?: (number);
  'cogs_in_flight'?: (string);
  'payments_kept'?: (number | string | Long);
  'cogs_kept'?: (string);
  'unpaid'?: (boolean);
  'allowed_users'?: (number);
  'paused'?: (boolean);
  'unused_metadata'?: (string);
  'certificate_names'?: (string)[];
  'certificate_not_after'?: (string);
  'chain_age_seconds'?: (number | string);
  'chain_subscribed'?: (boolean);
  'cogs_signed'?: (string);
  'cogs_in_claims'?: (string);
  'expiring'?: (_snetd_control_v1_ExpiringInput)[];
  'ethereum_nodes'?: (_snetd_control_v1_EthereumNodeInput)[];
  'reports'?: (_snetd_control_v1_ReportQueueInput)[];
  '_unused_metadata'?: "unused_metadata";
  '_certificate_not_after'?: "certificate_not_after";
  '_chain_age_seconds'?: "chain_age_seconds";
  '_chain_subscribed'?: "chain_subscribed";
  '_cogs_signed'?: "cogs_signed";
  '_cogs_in_claims'?: "cogs_in_claims";
}

export interface Gate {
  'endpoint'?: (string);
  'tls'?: (boolean);
  'organization'?: (string);
  'service'?: (string);
  'group'?: (string);
  'network'?: (string);
  'mpe'?: (string);
  'storage'?: (string);
  'channels'?: (string);
  'block'?: (string);
  'calls_in_flight'?: (number);
  'payments_in_flight'?: (number);
  'cogs_in_flight'?: (string);
  'payments_kept'?: (string);
  'cogs_kept'?: (string);
  'unpaid'?: (boolean);
  'allowed_users'?: (number);
  'paused'?: (boolean);
  'unused_metadata'?: (string);
  'certificate_names'?: (string)[];
  'certificate_not_after'?: (string);
  'chain_age_seconds'?: (number);
  'chain_subscribed'?: (boolean);
  'cogs_signed'?: (string);
  'cogs_in_claims'?: (string);
  'expiring'?: (_snetd_control_v1_Expiring)[];
  'ethereum_nodes'?: (_snetd_control_v1_EthereumNode)[];
  'reports'?: (_snetd_control_v1_ReportQueue)[];
  '_unused_metadata'?: "unused_metadata";
  '_certificate_not_after'?: "certificate_not_after";
  '_chain_age_seconds'?: "chain_age_seconds";
  '_chain_subscribed'?: "chain_subscribed";
  '_cogs_signed'?: "cogs_signed";
  '_cogs_in_claims'?: "cogs_in_claims";
}
