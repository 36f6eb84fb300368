/**
 * Keys of older daemons and of the guides of their years, which nothing reads any more, each with what takes its place
 * now. Nearness of spelling would lead astray here: the old name of the node's address is nearest to that of its
 * WebSocket.
 */
export const FORMER_KEYS: Readonly<Record<string, string>> = {
  agent_contract_address: 'organization_id and service_id say which service this is',
  alert_email: 'use alerts_email',
  daemon_listening_port: 'use daemon_endpoint, such as "0.0.0.0:7000"',
  db_path: 'use data_dir',
  enable_metrics: 'use metering_enabled',
  ethereum_endpoint: 'use ethereum_json_rpc_http_endpoint',
  ethereum_json_rpc_endpoint: 'use ethereum_json_rpc_http_endpoint',
  ethereum_json_rpc_websocket_endpoint: 'use ethereum_json_rpc_ws_endpoint',
  free_call_signer_address: 'use trusted_free_call_signers',
  heartbeat_svc_type: 'use service_heartbeat_type',
  ipfs_host: 'use ipfs_endpoint',
  log_level: 'use log, such as {"level": "debug"}',
  metering_end_point: 'use metering_endpoint',
  mnemonic: 'the daemon needs no key; leave it out',
  model_maintenance_end_point: 'use model_maintenance_endpoint',
  monitoring_enabled: 'use metering_enabled',
  monitoring_svc_end_point: 'use metering_endpoint',
  multi_party_escrow_contract_address: 'the address comes with the network; leave it out',
  organization_name: 'use organization_id',
  payment_expiration_threshold: 'it is published in the metadata of the group; leave it out',
  poll_sleep: 'use chain_poll_interval',
  private_key: 'the daemon needs no key; leave it out',
  pvt_key_for_free_calls: 'use private_key_for_free_calls',
  pvt_key_for_metering: 'use private_key_for_metering',
  replica_group_id: 'use daemon_group_name',
  service_name: 'use service_id',
  service_type: 'it is published in the metadata of the service; leave it out',
  wire_encoding: 'it is published in the metadata of the service; leave it out',
}
