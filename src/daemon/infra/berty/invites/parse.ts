import { SnetError } from '../../../../shared/errors.js'
import type { InviteContent } from '../../berty.js'
import { contentOf, judgeInvite } from './content.js'
import { GobFault } from './gob-bytes.js'
import { decodeGobInvite } from './gob-invite.js'
import { fieldsOfLink, fieldsOfReply } from './link-messages.js'
import { type LinkFields, LINK_KIND } from './link-fields.js'
import { isLinkText, readLinkText } from './link-text.js'
import { decodeLink, decodeReply, fieldOf } from './messages.js'

export const MAX_INVITE_BYTES = 64 * 1024

const FORMS =
  "Accepted are a berty:// or https://berty.tech/id# link, the protobuf of a ShareableBertyGroup reply, BertyLink, BertyGroup or Group, and Go's gob of such a reply."

/**
 * An invite in any of its forms, with its signature checked. What it holds is a secret, so errors tell its form and its
 * fault, never its bytes. Error: `invalid-request`.
 */
export function parseInvite(bytes: Uint8Array): InviteContent {
  if (bytes.length === 0) throw refused('it is empty')
  if (bytes.length > MAX_INVITE_BYTES)
    throw refused(`it has ${bytes.length} bytes, at most ${MAX_INVITE_BYTES} are read`)
  const fields = readFields(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const problem = judgeInvite(fields)
  if (problem !== undefined) throw refused(problem)
  return contentOf(fields)
}

function readFields(bytes: Buffer): LinkFields {
  if (isLinkText(bytes)) return readLinkText(bytes.toString('utf8').trim(), refused)
  const fromProto = PROTO_FORMS.map((read) => tried(() => read(bytes))).find((fields) => fields && isGroupLink(fields))
  if (fromProto) return fromProto
  const encrypted = tried(() => fieldsOfReply(decodeReply(bytes))) ?? tried(() => fieldsOfLink(decodeLink(bytes)))
  if (encrypted?.kind === LINK_KIND.encrypted) return encrypted
  try {
    return decodeGobInvite(bytes)
  } catch (thrown) {
    if (thrown instanceof GobFault) throw refused('it has none of the forms of an invite')
    throw thrown
  }
}

/** The three smaller ones are parts of a link, and are read as what they would be inside one. */
const PROTO_FORMS: readonly ((bytes: Buffer) => LinkFields)[] = [
  (bytes) => fieldsOfReply(decodeReply(bytes)),
  (bytes) => fieldsOfLink(decodeLink(bytes)),
  (bytes) => groupLink(decodeLink(fieldOf(3, bytes))),
  (bytes) => groupLink(decodeLink(fieldOf(3, fieldOf(1, bytes)))),
]

const groupLink = (link: Parameters<typeof fieldsOfLink>[0]): LinkFields =>
  fieldsOfLink({ ...link, kind: LINK_KIND.group })

const isGroupLink = ({ kind, group }: LinkFields): boolean => kind === LINK_KIND.group && group.publicKey.length === 32

function tried<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

const refused = (problem: string): SnetError =>
  new SnetError('invalid-request', `the invite cannot be used: ${problem}`, { hint: FORMS })
