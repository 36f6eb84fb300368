import { expect, test } from 'vitest'
import { eraTrouble, type GroupHost } from '../../../../src/client/fleet/era-trouble.js'

const key = (of: number): Buffer => Buffer.alloc(32, of)

/** A host with the device of its number, that sees the devices of others. */
const host = (era: string | undefined, of: number, sees: readonly number[], made_here = false): GroupHost => ({
  ...{ name: `p${of}`, era },
  group: { name: 'chat', device_pk: key(of), made_here, members: [of, ...sees].map((n) => ({ device_pk: key(n) })) },
})

test('one that was made at the newest, and joined by older ones alone, never gets ready', () => {
  expect(eraTrouble([host('E', 1, [2, 3], true), host('C', 2, []), host('A', 3, [2])])).toEqual({
    message:
      'p2 (era C), p3 (era A) cannot get ready with p1 (era E): the group was made there, and no other host of that era is in it',
    hint: 'Let the oldest Berty create it: run "group leave chat" on these hosts, then "group create chat" with all of them.',
    isCertain: true,
  })
})

test.each<[string, GroupHost[]]>([
  ['all are of one generation', [host('E', 1, [], true), host('E', 2, [])]],
  ['none is of the newest', [host('D', 1, [], true), host('C', 2, [])]],
  ['an older one made it', [host('E', 1, []), host('C', 2, [], true)]],
  ['another of the newest is in it', [host('E', 1, [], true), host('C', 2, []), host('E', 3, [])]],
  ['they see each other', [host('E', 1, [2], true), host('C', 2, [1])]],
  ['nothing is known of the other', [host('E', 1, [], true), host(undefined, 2, [])]],
])('nothing speaks for trouble where %s', (_name, hosts) => {
  expect(eraTrouble(hosts)).toBeUndefined()
})

test.each<[string, GroupHost[]]>([
  ['nobody asked made it', [host('E', 1, []), host('C', 2, [])]],
  ['somebody who was not asked is in it, too', [host('E', 1, [7], true), host('C', 2, [])]],
])('it is not certain where %s', (_name, hosts) => {
  expect(eraTrouble(hosts)).toMatchObject({ isCertain: false, message: expect.stringContaining('p2 (era C) may not') })
})
