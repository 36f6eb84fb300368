import { connect } from 'node:net'
import { SnetError } from '../../shared/errors.js'
import { withoutBrackets } from '../../shared/host-port.js'

const PROBE_TIMEOUT_MS = 2_000
const ETCD_PORT = 2379

/** Where payments can be kept. */
export type Backend = 'memory' | 'embedded' | 'etcd'

/**
 * The store to use. Where the settings leave it open, an etcd that the organisation's metadata names and that answers
 * counts, because replicas of the group keep their payments there; nothing else is guessed, since a store that nobody
 * chose would make old signatures count again.
 *
 * @param endpoints URLs of etcd in the metadata
 * Error: `invalid-config` naming the choices.
 */
export async function chooseBackend(configured: Backend | undefined, endpoints: readonly string[]): Promise<Backend> {
  if (configured !== undefined) return configured
  const answers = await Promise.all(endpoints.map(answersAt))
  if (answers.some((isThere) => isThere)) return 'etcd'
  throw new SnetError(
    'invalid-config',
    `payment_channel_storage_type: choose where payments are kept: "embedded" (this host alone, on disk), "etcd" (replicas of a group) or "memory" (trials: all is lost at exit)${unanswered(endpoints)}`,
    { hint: 'For one host: "payment_channel_storage_type": "embedded".' },
  )
}

const unanswered = (endpoints: readonly string[]): string =>
  endpoints.length === 0 ? '' : `; no etcd that the metadata names answers (${endpoints.join(', ')})`

/** Whether anybody listens there. */
function answersAt(endpoint: string): Promise<boolean> {
  const whole = endpoint.includes('://') ? endpoint : `http://${endpoint}`
  if (!URL.canParse(whole)) return Promise.resolve(false)
  const { hostname, port } = new URL(whole)
  return new Promise((done) => {
    const socket = connect({ host: withoutBrackets(hostname), port: Number(port || ETCD_PORT) })
    const answer = (isThere: boolean): void => {
      socket.destroy()
      done(isThere)
    }
    socket.setTimeout(PROBE_TIMEOUT_MS, () => answer(false))
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}
