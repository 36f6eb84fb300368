import { Client, credentials } from '@grpc/grpc-js'
import { SnetError } from '../errors.js'
import { loadControlService, type StatusMessage } from './control-service.js'
import { askUnary } from './unary.js'

/** Asks the daemon behind a Unix socket how it is. Error: `unavailable` when nobody answers there. */
export async function getStatus(socketPath: string, timeoutMs: number): Promise<StatusMessage> {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure())
  try {
    return await askUnary<StatusMessage>(client, { of: loadControlService(), name: 'GetStatus' }, {}, { timeoutMs })
  } catch (cause) {
    throw new SnetError('unavailable', `no daemon answers at ${socketPath}`, {
      hint: 'Is it running, with this data_dir? --data-dir or -c names another one.',
      cause,
    })
  } finally {
    client.close()
  }
}
