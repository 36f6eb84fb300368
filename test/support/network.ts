import { type Network, type NetworkOptions, openNetwork } from '../../src/sandbox/index.js'

/** The whole network of the sandbox, with the built daemon as a child process. */
export const openTestNetwork = (options: Omit<NetworkOptions, 'searchPath'> = {}): Promise<Network> =>
  openNetwork({
    searchPath: process.env['PATH'] ?? '',
    ...options,
    config: { chain_poll_interval: '200ms', metrics_endpoint: 'off', ...options.config },
  })
