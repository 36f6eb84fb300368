import type { SnetError } from '../../../../shared/errors.js'
import type { LinkMessage } from '../messages.js'
import { BASE_42, BASE_58, decodeBaseX, encodeBaseX } from './base-x.js'
import { type LinkFields, LINK_KIND } from './link-fields.js'
import { fieldsOfLink } from './link-messages.js'
import { decodeLink, encodeLink } from './messages.js'

const INTERNAL = 'berty://pb/'
const WEB = 'https://berty.tech/id#'
const WEB_GROUP = 'group/'
const SCHEME = 'berty://'

/** A link of a group has some three hundred characters; decoding costs the square. */
const MAX_LINK = 4 * 1024

/** In any case of its letters, as Berty takes it. */
export function isLinkText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64).toString('utf8').trimStart().toLowerCase()
  return start.startsWith(SCHEME) || start.startsWith(WEB)
}

/** What `refused` makes of the problem is thrown. */
export function readLinkText(link: string, refused: (problem: string) => SnetError): LinkFields {
  if (link.length > MAX_LINK) throw refused(`the link has ${link.length} characters, at most ${MAX_LINK} are read`)
  const start = link.slice(0, WEB.length).toLowerCase()
  const read = start.startsWith(INTERNAL) ? readInternal(link.slice(INTERNAL.length)) : readWeb(link.slice(WEB.length))
  if (typeof read === 'string') throw refused(read)
  return read
}

/** The whole BertyLink, its blob in capitals only. */
function readInternal(blob: string): LinkFields | string {
  const link = linkOf(blob, BASE_42)
  return link ? fieldsOfLink(link) : 'the link is none of Berty, or was cut off'
}

/** `group/BLOB/name=NAME`: the blob has neither kind nor name. */
function readWeb(path: string): LinkFields | string {
  if (path.startsWith('enc/')) return 'it is protected by a passphrase; ask for a link without one'
  if (!path.startsWith(WEB_GROUP)) return 'the link leads to no group'
  const [blob = '', ...parameters] = path.slice(WEB_GROUP.length).split('/')
  const link = linkOf(blob, BASE_58)
  if (!link) return 'the link is none of Berty, or was cut off'
  const name = new URLSearchParams(parameters.join('/')).get('name') ?? ''
  return { ...fieldsOfLink({ ...link, kind: LINK_KIND.group }), displayName: name }
}

function linkOf(blob: string, alphabet: string): LinkMessage | undefined {
  const bytes = decodeBaseX(blob, alphabet)
  if (!bytes || bytes.length === 0) return undefined
  try {
    return decodeLink(bytes)
  } catch {
    return undefined
  }
}

/** Both forms of a link, bit for bit as Berty writes them (berty 4.2). */
export function linksOf(link: LinkMessage): { internalUrl: string; webUrl: string } {
  const { link_key: _, ...group } = link.berty_group?.group ?? {}
  const name = link.berty_group?.display_name ?? ''
  const blob = encodeBaseX(encodeLink({ berty_group: { group } }), BASE_58)
  return {
    internalUrl: `BERTY://PB/${encodeBaseX(encodeLink(link), BASE_42)}`,
    webUrl: `${WEB}${WEB_GROUP}${blob}${name === '' ? '' : `/name=${goQueryEscape(name)}`}`,
  }
}

/** Go escapes five characters more than encodeURIComponent, and a space otherwise. */
const goQueryEscape = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
