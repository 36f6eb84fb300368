import { describe, expect, test } from 'vitest'
import { BASE42, BASE58, internalBertyUrl, parseBertyUrl, webBertyUrl } from '../../../src/shared/berty-links.js'
import { bertyCodecs } from '../../../src/shared/wire/grpc/index.js'
import { bertyVector } from '../../support/berty-vectors.js'

const group = bertyCodecs.group.decode(bertyVector('invite.group').bytes)
const { urls = [] } = bertyVector('invite.urls')

describe('links to a group', () => {
  test.each(urls)('are written as Berty writes them: $group_name', ({ group_name, internal_url, web_url }) => {
    const link = bertyCodecs.link.encode({ kind: 2, berty_group: { group, display_name: group_name || undefined } })
    const { link_key: _, ...webGroup } = group
    expect(internalBertyUrl(link)).toBe(internal_url)
    expect(webBertyUrl(bertyCodecs.link.encode({ berty_group: { group: webGroup } }), group_name)).toBe(web_url)
  })

  test.each(urls)('are read in both forms: $group_name', ({ group_name, internal_url, web_url }) => {
    const internal = bertyCodecs.link.decode(parseBertyUrl(internal_url)?.link ?? Buffer.alloc(0))
    expect(internal).toEqual({ kind: 2, berty_group: { group, ...(group_name && { display_name: group_name }) } })
    const web = parseBertyUrl(web_url)
    expect(web).toMatchObject({ form: 'web', displayName: group_name })
    expect(bertyCodecs.link.decode(web?.link ?? Buffer.alloc(0)).berty_group?.group).toEqual(group)
  })

  test('the scheme may have any case, the blob may not', () => {
    const url = urls[0]?.internal_url ?? ''
    expect(parseBertyUrl(url.replace('BERTY://PB/', 'berty://pb/'))).toBeDefined()
    expect(parseBertyUrl(url.toLowerCase())).toBeUndefined()
    expect(parseBertyUrl('berty://pb/')).toEqual({ form: 'internal', link: new Uint8Array() })
    expect(parseBertyUrl('https://berty.tech/id#contact/oZBLFsA')).toBeUndefined()
    expect(parseBertyUrl('https://berty.tech/id#group/2/name=%zz')).toBeUndefined()
  })

  test.each([BASE42, BASE58])('leading zero bytes survive', (base) => {
    const bytes = Uint8Array.of(0, 0, 1, 255)
    expect(base.decode(base.encode(bytes))).toEqual(bytes)
  })
})
