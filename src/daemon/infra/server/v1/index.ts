import type { Server } from '@grpc/grpc-js'
import { loadInfraService } from '../../../../shared/wire/index.js'
import type { InviteFormat } from '../../berty/index.js'
import { type AnswerDeps, type Answers, handlersOf, withTolerantDecoding } from '../answer.js'
import { groupAnswers } from './groups.js'
import { peerAnswers, type PeerDeps } from './peer.js'
import { runAnswers } from './runs.js'
import { testAnswers } from './tests.js'

export const INFRA_SERVICE = 'snetd.infra.v1.Infra'
export const INFRA_FILE = 'snetd/infra/v1/infra.proto'

/** Our own service; see proto/snetd/infra/v1/infra.proto. */
export function addInfraService(
  server: Server,
  deps: AnswerDeps & PeerDeps & { readonly inviteFormat: InviteFormat },
): void {
  const { control, inviteFormat } = deps
  const { groups } = control
  const parts: readonly Answers[] = [
    peerAnswers(deps),
    groupAnswers({ groups, inviteFormat }),
    testAnswers(control),
    runAnswers(control),
  ]
  const handlers = Object.fromEntries(parts.flatMap((part) => Object.entries(handlersOf(part, deps))))
  server.addService(withTolerantDecoding(loadInfraService().service), handlers)
}
