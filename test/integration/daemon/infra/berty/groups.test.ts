import { describe, expect, test } from 'vitest'
import { encodeInvite, parseInvite } from '../../../../../src/daemon/infra/berty/index.js'
import { publicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import { linkBerty } from '../../../../support/linked-berty.js'
import { aGroup, bertyError, eraScript, type Script, startScriptedBerty } from '../../../../support/scripted-berty.js'

const member = Buffer.alloc(32, 1)
const device = Buffer.alloc(32, 2)

function groupScript(era: 'A' | 'E', group: ReturnType<typeof aGroup>, requests: [string, object][]): Script {
  const protocol = era === 'A' ? 'old-protocol' : 'protocol'
  const kept =
    (name: string, answer: (request: Record<string, unknown>) => Record<string, unknown>): Script[string] =>
    (request: Record<string, unknown>) => {
      requests.push([name, request])
      return answer(request)
    }
  return {
    ...eraScript(era),
    [`${protocol}/MultiMemberGroupCreate`]: kept('create', () => ({ group_pk: group.public_key })),
    [`${protocol}/MultiMemberGroupJoin`]: kept('join', () => ({})),
    [`${protocol}/MultiMemberGroupLeave`]: kept('leave', () => ({})),
    [`${protocol}/ActivateGroup`]: kept('activate', () => ({})),
    [`${protocol}/GroupInfo`]: kept('info', () => ({ group, member_pk: member, device_pk: device })),
    [`${protocol}/SystemInfo`]: kept('system', () => ({ p2p: { connected_peers: '4' } })),
    'messenger/ShareableBertyGroup': kept('share', ({ group_name }) => ({
      link: { kind: 2, berty_group: { group, display_name: group_name } },
      internal_url: 'BERTY://PB/X',
      web_url: 'https://berty.tech/id#group/Y',
    })),
  }
}

describe.each(['A', 'E'] as const)('groups in era %s', (era) => {
  test('are created, shared and activated once', async () => {
    const group = aGroup()
    const requests: [string, object][] = []
    await using server = await startScriptedBerty(groupScript(era, group, requests))
    await using linked = await linkBerty(server.endpoint)
    const invite = await linked.berty.createGroup('chat')
    expect(invite).toMatchObject({ publicKey: publicKey(group.public_key), displayName: 'chat' })
    expect(requests.map(([name]) => name)).toEqual(['create', 'share', 'activate'])
    expect(parseInvite(encodeInvite(invite, 'proto'))).toEqual(invite)
  })

  test('are joined with nothing that is empty, and activated', async () => {
    const group = aGroup()
    const requests: [string, object][] = []
    await using server = await startScriptedBerty(groupScript(era, group, requests))
    await using linked = await linkBerty(server.endpoint)
    const invite = await linked.berty.createGroup('chat')
    requests.length = 0
    await linked.berty.joinGroup(invite)
    expect(requests).toEqual([
      ['join', { group }],
      ['activate', { group_pk: group.public_key }],
    ])
  })

  test('that were joined before are joined all the same', async () => {
    const requests: [string, object][] = []
    const script = groupScript(era, aGroup(), requests)
    script[era === 'A' ? 'old-protocol/MultiMemberGroupJoin' : 'protocol/MultiMemberGroupJoin'] = () => {
      throw bertyError('ErrOrbitDBAppend(#1002): ErrInvalidInput(#100): already present in group')
    }
    await using server = await startScriptedBerty(script)
    await using linked = await linkBerty(server.endpoint)
    await linked.berty.joinGroup(await linked.berty.createGroup('chat'))
    expect(requests.at(-1)?.[0]).toBe('activate')
  })

  test('tell our keys, and are left', async () => {
    const requests: [string, object][] = []
    await using server = await startScriptedBerty(groupScript(era, aGroup(), requests))
    await using linked = await linkBerty(server.endpoint)
    const { publicKey: key } = await linked.berty.createGroup('chat')
    expect(await linked.berty.groupKeys(key)).toEqual({ member: publicKey(member), device: publicKey(device) })
    await linked.berty.leaveGroup(key)
    expect(requests.at(-1)).toEqual(['leave', { group_pk: Buffer.from(key, 'hex') }])
    expect(await linked.berty.connectedPeers()).toBe(4)
  })
})

test('an error of Berty keeps its text', async () => {
  const script = eraScript('E')
  script['protocol/ActivateGroup'] = () => {
    throw bertyError('ErrGroupMissing(#1306): unknown')
  }
  await using server = await startScriptedBerty(script)
  await using linked = await linkBerty(server.endpoint)
  await expect(linked.berty.activateGroup(publicKey(member))).rejects.toMatchObject({
    kind: 'wrong-state',
    message: 'Berty, ActivateGroup: ErrGroupMissing(#1306): unknown',
  })
})

test('a group whose invite cannot be good is none', async () => {
  const group = { ...aGroup(), secret_sig: Buffer.alloc(64) }
  await using server = await startScriptedBerty(groupScript('E', group, []))
  await using linked = await linkBerty(server.endpoint)
  await expect(linked.berty.createGroup('chat')).rejects.toThrow('something else went wrong')
  expect(server.calls.at(-1)).toBe('protocol/MultiMemberGroupLeave')
})
