import { SnetError } from '../../../../shared/errors.js'
import { GobFault } from '../../../../shared/gob/index.js'
import { BERTY } from '../../../../shared/wire/index.js'
import { bertyCodecs } from '../../../../shared/wire/grpc/index.js'
import type { InviteContent } from '../../contract/berty.js'
import { contentOf, judgeInvite } from './content.js'
import { decodeGobInvite } from './gob-invite.js'
import { fieldsOfLink, fieldsOfReply } from './link-messages.js'
import type { LinkFields } from './link-fields.js'
import { isLinkText, readLinkText } from './link-text.js'

export const MAX_INVITE_BYTES = 64 * 1024

const FORMS =
  "Accepted are a berty:// or https://berty.tech/id# link, the protobuf of a ShareableBertyGroup reply, BertyLink, BertyGroup or Group, and Go's gob of such a reply."

/**
 * An invite in any of its forms, with its signature checked. What it holds is a secret, so errors tell its form and its
 * fault, never its bytes. Error: `invalid-request`.
 */
export function parseInvite(bytes: Uint8Array): InviteContent {
  if (bytes.length === 0) throw refusal('it is empty')
  if (bytes.length > MAX_INVITE_BYTES)
    throw refusal(`it has ${bytes.length} bytes, at most ${MAX_INVITE_BYTES} are read`)
  const fields = readFields(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const problem = judgeInvite(fields)
  if (problem !== undefined) throw refusal(problem)
  return contentOf(fields)
}

function readFields(bytes: Buffer): LinkFields {
  if (isLinkText(bytes)) return readLinkText(bytes.toString('utf8').trim(), refusal)
  const asProto = PROTO_FORMS.map((read) => attempt(() => read(bytes)))
  const good = asProto.find((fields) => fields && isGroupLink(fields))
  const encrypted = asProto.find((fields) => fields?.kind === BERTY.linkKind.encrypted)
  if (good ?? encrypted) return (good ?? encrypted) as LinkFields
  try {
    return decodeGobInvite(bytes)
  } catch (thrown) {
    if (thrown instanceof GobFault) throw refusal('it has none of the forms of an invite')
    throw thrown
  }
}

const { group: groupKind } = BERTY.linkKind

/** The smaller ones are parts of a link, and are read as what they would be inside one. */
const PROTO_FORMS: readonly ((bytes: Buffer) => LinkFields)[] = [
  (bytes) => fieldsOfReply(bertyCodecs.invite.decode(bytes)),
  (bytes) => fieldsOfLink(bertyCodecs.link.decode(bytes)),
  (bytes) => fieldsOfLink({ kind: groupKind, berty_group: bertyCodecs.namedGroup.decode(bytes) }),
  (bytes) => fieldsOfLink({ kind: groupKind, berty_group: { group: bertyCodecs.group.decode(bytes) } }),
]

const isGroupLink = ({ kind, group }: LinkFields): boolean => kind === groupKind && group.publicKey.length === 32

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const refusal = (problem: string): SnetError =>
  new SnetError('invalid-request', `the invite cannot be used: ${problem}`, { hint: FORMS })
