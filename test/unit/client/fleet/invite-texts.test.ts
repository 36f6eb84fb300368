import { expect, test } from 'vitest'
import { inviteTexts } from '../../../../src/client/fleet/invite-texts.js'

const invite = (changes: object = {}) => ({
  ...{ group: 'chat', public_key: 'ab', invite: 'INVITE', internal_url: null, web_url: null },
  ...changes,
})

test('on a terminal an invite is told with what it is, and as a link', () => {
  const { out, note } = inviteTexts([invite({ web_url: 'https://berty.tech/id#x' })], ['p1: made chat'], true)
  expect(note).toBe('')
  expect(out.split('\n')).toEqual([
    'p1: made chat',
    '',
    'Invite to chat; whoever has it can join and read:',
    'INVITE',
    'The same as a link:',
    'https://berty.tech/id#x',
  ])
})

test('anywhere else each invite is a line, once, and what came of the hosts stands beside them', () => {
  const notes = ['p1: made chat', 'p2: joined chat']
  expect(inviteTexts([invite(), invite()], notes, false)).toEqual({ out: 'INVITE', note: notes.join('\n') })
  expect(inviteTexts([invite(), invite({ invite: 'OTHER' })], notes, false).out).toBe('INVITE\nOTHER')
})
