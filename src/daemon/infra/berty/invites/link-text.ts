import { internalBertyUrl, looksLikeBertyLink, parseBertyUrl, webBertyUrl } from '../../../../shared/berty-links.js'
import type { SnetError } from '../../../../shared/errors.js'
import { BERTY, type BertyLink } from '../../../../shared/wire/index.js'
import { bertyCodecs } from '../../../../shared/wire/grpc/index.js'
import type { LinkFields } from './link-fields.js'
import { fieldsOfLink } from './link-messages.js'

export const isLinkText = (bytes: Buffer): boolean =>
  looksLikeBertyLink(bytes.subarray(0, 64).toString('utf8').trimStart())

/** Throws the error that `refused` makes of the problem. */
export function readLinkText(text: string, refused: (problem: string) => SnetError): LinkFields {
  if (/^https:\/\/berty\.tech\/id#enc\//i.test(text))
    throw refused('it is protected by a passphrase; ask for a link without one')
  const parsed = parseBertyUrl(text)
  const link = parsed && decode(parsed.link)
  if (!link) throw refused('the link leads to no group, or was cut off')
  if (parsed.form === 'internal') return fieldsOfLink(link)
  // The path of a web link tells its kind.
  return { ...fieldsOfLink(link), kind: BERTY.linkKind.group, displayName: parsed.displayName }
}

function decode(bytes: Uint8Array): BertyLink | undefined {
  try {
    return bertyCodecs.link.decode(bytes)
  } catch {
    return undefined
  }
}

/** Both forms of a link, as Berty writes them: that for the web has no kind, no name and no link key (berty 4.2). */
export function linksOf(link: BertyLink): { internalUrl: string; webUrl: string } {
  const { link_key: _, ...group } = link.berty_group?.group ?? {}
  const forWeb = bertyCodecs.link.encode({ berty_group: { group } })
  return {
    internalUrl: internalBertyUrl(bertyCodecs.link.encode(link)),
    webUrl: webBertyUrl(forWeb, link.berty_group?.display_name ?? ''),
  }
}
