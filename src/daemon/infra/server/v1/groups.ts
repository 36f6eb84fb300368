import { SnetError } from '../../../../shared/errors.js'
import type {
  CreateGroupRequestMessage,
  GetInviteRequestMessage,
  GroupRequestMessage,
  JoinGroupRequestMessage,
  ListMessagesRequestMessage,
} from '../../../../shared/wire/index.js'
import { encodeInvite, type InviteFormat } from '../../berty/index.js'
import type { Groups } from '../../contract/control.js'
import type { Answers } from '../answer.js'
import { requireName, requireWithin } from '../requests.js'
import { watch } from './changes.js'
import { CALM_MS } from './peer.js'
import { toGroup, toInvite, toMessage } from './to-wire.js'

export interface GroupDeps {
  readonly groups: Groups
  readonly inviteFormat: InviteFormat
}

export function groupAnswers({ groups, inviteFormat }: GroupDeps): Answers {
  const nameOf = ({ name = '' }: GroupRequestMessage): string => requireName('name', name)
  const list = () => ({ groups: groups.list().map(toGroup) })
  return {
    unary: {
      CreateGroup: async (request: CreateGroupRequestMessage, signal: AbortSignal) => {
        const format = formatOf(request.format, inviteFormat)
        const { group, invite } = await groups.create(nameOf(request), { reuse: request.reuse ?? false, signal })
        return toInvite(group, invite, encodeInvite(invite, format))
      },
      GetInvite: (request: GetInviteRequestMessage) => {
        const group = groups.get(nameOf(request))
        const invite = groups.invite(group.name)
        return toInvite(group, invite, encodeInvite(invite, formatOf(request.format, inviteFormat)))
      },
      JoinGroup: async (request: JoinGroupRequestMessage, signal: AbortSignal) =>
        toGroup(await groups.join(nameOf(request), request.invite ?? new Uint8Array(), signal)),
      LeaveGroup: async (request: GroupRequestMessage, signal: AbortSignal) =>
        toGroup(await groups.leave(nameOf(request), signal)),
      ListGroups: list,
      StartReceiving: async (request: GroupRequestMessage) => toGroup(await groups.startReceiving(nameOf(request))),
      StopReceiving: async (request: GroupRequestMessage) => toGroup(await groups.stopReceiving(nameOf(request))),
    },
    streams: {
      WatchGroups: (_request: object, signal: AbortSignal) =>
        watch({
          onChange: (listener) => groups.onChange(listener),
          read: list,
          urgent: (value) => JSON.stringify(value.groups.map(withoutNumbers)),
          calmMs: CALM_MS,
          signal,
        }),
      async *ListMessages(request: ListMessagesRequestMessage, signal: AbortSignal) {
        const { group = '', limit = '0', follow = false } = request
        const options = { limit: requireWithin('limit', limit, LIMIT), follow, signal }
        for await (const message of groups.messages(groups.get(requireName('group', group)).name, options))
          yield toMessage(message)
      },
    },
  }
}

const LIMIT = { min: 0, max: Number.MAX_SAFE_INTEGER }

const withoutNumbers = ({
  messages_received: _messages,
  acknowledgements_received: _acknowledgements,
  ...group
}: ReturnType<typeof toGroup>) => group

const FORMATS: Readonly<Record<string, InviteFormat>> = { PROTO: 'proto', GOB: 'gob', URL: 'url' }

function formatOf(format: string | undefined, usual: InviteFormat): InviteFormat {
  if (format === undefined || format === 'INVITE_FORMAT_UNSPECIFIED') return usual
  const known = FORMATS[format]
  if (!known) throw new SnetError('invalid-request', `format ${format} is not known; PROTO, GOB and URL are`)
  return known
}
