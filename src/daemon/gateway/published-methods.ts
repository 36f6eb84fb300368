import { status } from '../../shared/grpc-status.js'
import type { Live } from '../../shared/live.js'
import type { Check } from './call.js'
import { StatusError } from './failure.js'

/** What the service publishes of itself. */
export interface PublishedMethods {
  /** Undefined for a method that it does not publish; where its methods are not known, every one counts as published. */
  find(method: string): MethodTraits | undefined
}

export interface MethodTraits {
  /** True when the request is a single message, so that a client who leaves it open keeps the service waiting. */
  readonly asksOnce: boolean
  /** True when the answer is a single message, so that it can wait for its payment to be kept. */
  readonly answersOnce: boolean
  /** Taken for one of the service's, whose methods are not known: its name may be one that a client made up. */
  readonly isAssumed?: boolean
}

/**
 * Only what is published is asked for, by the very bytes of its path: a service that reads paths more freely would
 * answer `add?x` as it answers `add`, and an answer of a method that nobody knows cannot be held back.
 */
export const requirePublished =
  (methods: Live<PublishedMethods>): Check =>
  (call) => {
    if (call.method.startsWith(MODELS)) throw notForClients()
    if (methods.current.find(call.method)) return
    const [, service, method] = call.method.split('/')
    throw new StatusError(status.UNIMPLEMENTED, `unknown method ${method} for service ${service}`, {
      kind: 'not-found',
      hint: 'The proto files in the metadata of the service name its methods; the path has to be exactly theirs.',
    })
  }

/** The half of a training service that only the daemon asks: past it, anybody would train anybody's model (snet-wire 1.6). */
const MODELS = '/training.Model/'

const notForClients = (): StatusError =>
  new StatusError(
    status.INVALID_ARGUMENT,
    'models are reached through training.Daemon, and not through training.Model',
    {
      hint: 'A client for today’s training services asks training.Daemon.',
    },
  )
