import type { Port, PortConfig } from './port.js'

/** Ports beside each other in place of one, as the reference's `experimental.traffic_split` has them. */
export interface Split {
  readonly grpc: number
  readonly http: number
}

const KEY = 'experimental.traffic_split'

/**
 * gRPC on one port, pages and the calls of web pages on the other; both speak TLS where there is any.
 *
 * @param open opens one port
 */
export async function openSplitPort(
  { grpc, http }: Split,
  open: (config: Pick<PortConfig, 'port' | 'speaks' | 'setting'>) => Promise<Port>,
): Promise<Port & { readonly webAddress: Port['address'] }> {
  const calls = await open({ port: grpc, speaks: 'http2', setting: KEY })
  const web = await open({ port: http, speaks: 'http1', setting: KEY }).catch(async (fault: unknown) => {
    await calls.close()
    throw fault
  })
  return {
    address: calls.address,
    webAddress: web.address,
    leave: () => web.leave(),
    stopAccepting() {
      calls.stopAccepting()
      web.stopAccepting()
    },
    async whenTold() {
      await Promise.all([calls.whenTold(), web.whenTold()])
    },
    async close() {
      await Promise.all([calls.close(), web.close()])
    },
  }
}
