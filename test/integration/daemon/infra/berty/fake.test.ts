import { describe, expect, test } from 'vitest'
import { parseInvite } from '../../../../../src/daemon/infra/berty/index.js'
import { Lifecycle } from '../../../../../src/shared/lifecycle.js'
import { bertyCodecs } from '../../../../../src/shared/wire/grpc/index.js'
import { BertyConnection } from '../../../../../src/daemon/infra/berty/connection.js'
import { cidOfText } from '../../../../../src/daemon/infra/berty/cids.js'
import { protocolMethod } from '../../../../../src/daemon/infra/berty/methods.js'
import type { BertyMessage } from '../../../../../src/daemon/infra/contract/berty.js'
import { bytesOf, type Cid, type PublicKey } from '../../../../../src/daemon/infra/contract/keys.js'
import {
  type BertyNetwork,
  type BertyPeer,
  createBertyNetwork,
  type PeerOptions,
  startTokenServer,
} from '../../../../../src/sandbox/berty/index.js'
import { joinTogether, type Member, readUntilReady } from '../../../../support/berty-group.js'
import { linkBerty, type LinkedBerty } from '../../../../support/linked-berty.js'
import { startReader } from '../../../../support/message-reader.js'
import { until } from '../../../../support/until.js'

const options = { timeoutMs: 30_000 }

interface Together extends AsyncDisposable {
  readonly network: BertyNetwork
  readonly peers: BertyPeer[]
  readonly links: LinkedBerty[]
  readonly members: Member[]
  readonly group: PublicKey
}

/** Fake Bertys in one group, and a link to each. */
async function startTogether(peerOptions: Omit<PeerOptions, 'name'>[], reading = {}): Promise<Together> {
  const life = new Lifecycle()
  const network = await life.own('network', createBertyNetwork({ seed: 'client' }))
  const peers: BertyPeer[] = []
  const links: LinkedBerty[] = []
  for (const [index, each] of peerOptions.entries()) {
    const peer = await network.startPeer({ ...each, name: `peer ${index}` })
    peers.push(peer)
    links.push(await life.own('link', linkBerty(peer.endpoint, { reading })))
  }
  const { invite, members } = await joinTogether(links.map(({ berty }) => berty))
  for (const member of members) await readUntilReady(member, invite.publicKey, members)
  return {
    ...{ network, peers, links, members, group: invite.publicKey },
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

/** What really was delivered to this peer, by the network's own books. */
const deliveredTo = (network: BertyNetwork, peer: BertyPeer): Cid[] =>
  network
    .truth()
    .messages.filter(({ kind, members }) => kind === 'user' && members.get(peer.name)?.state === 'delivered')
    .map(({ cid }) => cidOfText(cid) as Cid)
    .sort()

const userCids = (messages: readonly BertyMessage[], from: Member): Cid[] =>
  messages
    .filter(({ content, device, isRepeat }) => content.type === 'user' && device === from.device && !isRepeat)
    .map(({ cid }) => cid)
    .sort()

describe.each(['A', 'B', 'C', 'D', 'E'] as const)('an honest Berty of era %s', (era) => {
  test('is known, creates and joins, sends, receives and acknowledges', async () => {
    await using together = await startTogether([{ era }, { era }])
    const { links, members, group } = together
    expect(links.map(({ berty }) => berty.details.era)).toEqual([era, era])
    expect(at(links, 0).berty.details.hasMedia).toBe(era === 'A')
    await using sender = startReader(at(links, 0).berty, group)
    await using receiver = startReader(at(links, 1).berty, group)
    const { outcome, cid } = await at(links, 0).berty.sendText(group, 'hello', options)
    expect(outcome).toBe('sent')
    await until('the message is received', () => receiver.messages.some((message) => message.cid === cid))
    await until('the acknowledgement is received', () =>
      sender.messages.some(({ content }) => content.type === 'acknowledge' && content.target === cid),
    )
    expect(receiver.messages.find((message) => message.cid === cid)).toMatchObject({
      device: at(members, 0).device,
      content: { type: 'user', body: 'hello' },
    })
    await at(links, 1).berty.leaveGroup(group)
  })

  test('lets itself be authorised for replication, and tells whether it can', async () => {
    await using network = createBertyNetwork({ seed: 'tokens' })
    const peer = await network.startPeer({ name: 'one', era })
    await using tokens = await startTokenServer({ isClickless: true })
    await using linked = await linkBerty(peer.endpoint)
    const { publicKey } = await linked.berty.createGroup('chat')
    const adding = linked.berty.addReplication(publicKey, tokens.endpoint)
    if (era === 'E') await expect(adding).rejects.toMatchObject({ kind: 'wrong-state' })
    else expect(await adding).not.toBe('')
    expect(tokens.tokens).toHaveLength(1)
  })
})

describe('messages through an honest Berty', () => {
  test('are all there once after six cuts under load', async () => {
    await using together = await startTogether([{}, {}])
    const { network, peers, links, members, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    await until('the history is read', () => receiver.histories > 0)
    const sent: Cid[] = []
    for (let count = 0; count < 180; count++) {
      if (count % 30 === 15) at(peers, 1).dropConnections()
      const { cid } = await at(links, 0).berty.sendText(group, `message ${count}`, options)
      if (cid) sent.push(cid)
    }
    await until(
      'everything that was sent is received',
      () => userCids(receiver.messages, at(members, 0)).length >= sent.length,
    )
    expect(userCids(receiver.messages, at(members, 0))).toEqual(sent.sort())
    expect(deliveredTo(network, at(peers, 1))).toEqual(sent)
    expect(receiver.messages.filter(({ isRepeat }) => isRepeat)).toEqual([])
  })

  test('are all there after a restart of the Berty, and the object is the same', async () => {
    await using together = await startTogether([{}, {}])
    const { peers, links, members, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    const first = await at(links, 0).berty.sendText(group, 'before', options)
    await until('the first message is received', () => userCids(receiver.messages, at(members, 0)).length === 1)
    await at(peers, 1).stop()
    const second = await at(links, 0).berty.sendText(group, 'meanwhile', options)
    await at(peers, 1).restart()
    await until('the second message is received', () => userCids(receiver.messages, at(members, 0)).length === 2)
    expect(userCids(receiver.messages, at(members, 0))).toEqual([first.cid, second.cid].sort())
    expect(at(links, 1).link.current()).toBe(at(links, 1).berty)
  })

  test('end when the Berty comes back as somebody else', async () => {
    await using together = await startTogether([{}])
    const { peers, links, group } = together
    await using _ = startReader(at(links, 0).berty, group)
    await at(peers, 0).restart({ keepStore: false })
    await until('the old Berty is closed', () => at(links, 0).berty.closed.aborted)
    await until('the link is connected', () => at(links, 0).link.state.state === 'connected')
    expect(at(links, 0).link.current()).not.toBe(at(links, 0).berty)
  })

  test('go on when somebody else has deactivated the group and activated it again', async () => {
    await using together = await startTogether([{}, {}], { historyEveryMs: 50, graceMs: 300 })
    const { peers, links, members, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    await until('the history is read', () => receiver.histories > 0)
    using other = new BertyConnection(at(peers, 1).endpoint)
    for (const name of ['DeactivateGroup', 'ActivateGroup'] as const)
      await other.unary(protocolMethod(name, 'weshnet.protocol.v1'), { group_pk: bytesOf(group) }, options)
    const { cid } = await at(links, 0).berty.sendText(group, 'heard?', options)
    await until('the message is received', () => userCids(receiver.messages, at(members, 0)).length === 1)
    expect(userCids(receiver.messages, at(members, 0))).toEqual([cid])
  })

  test('are repeats within one stream only when the same event came twice', async () => {
    await using together = await startTogether([{}, {}])
    const { network, peers, links, members, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    await until('the history is read', () => receiver.histories > 0)
    const { cid } = await at(links, 0).berty.sendText(group, 'once', options)
    await until('the message is received', () => userCids(receiver.messages, at(members, 0)).length === 1)
    network.duplicateMessage(at(peers, 1).name, group, bytesOf(cid as Cid), 'same-event')
    await until('the repetition is received', () => receiver.messages.some((message) => message.isRepeat))
    network.duplicateMessage(at(peers, 1).name, group, bytesOf(cid as Cid), 'second-id')
    await until('the second copy is received', () => userCids(receiver.messages, at(members, 0)).length === 2)
    expect(receiver.messages.filter(({ isRepeat }) => isRepeat).map((message) => message.cid)).toEqual([cid])
  })

  test('that were sent before the key was there are not there, later ones are', async () => {
    await using together = await startTogether([{}, {}])
    const { network, links, peers, group } = together
    network.keyDelay('peer 0', 'late', { writeMs: 1_500 })
    const late = await network.startPeer({ name: 'late' })
    await using linked = await linkBerty(late.endpoint)
    await using receiver = startReader(linked.berty, group)
    const early = await at(links, 0).berty.sendText(group, 'early', options)
    const { berty } = at(links, 0)
    await linked.berty.joinGroup(await inviteOf(at(peers, 0), group))
    const self: Member = { berty: linked.berty, ...(await linked.berty.groupKeys(group)) }
    await readUntilReady(self, group, [at(together.members, 0), self])
    const then = await berty.sendText(group, 'then', options)
    await until('the later message is received', () => receiver.messages.some(({ cid }) => cid === then.cid))
    expect(receiver.messages.some(({ cid }) => cid === early.cid)).toBe(false)
    expect(deliveredTo(network, late)).toEqual([then.cid])
  })

  test('may be junk, which stops nothing', async () => {
    await using together = await startTogether([{}, {}])
    const { network, links, members, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    network.injectJunk('peer 0', group)
    await at(links, 0).berty.sendText(group, 'text', options)
    await until('the text is received', () => userCids(receiver.messages, at(members, 0)).length === 1)
    await until(
      'the junk is received',
      () => receiver.messages.filter(({ content }) => content.type === 'other').length === 3,
    )
  })

  test('bring a medium in era A', async () => {
    await using together = await startTogether([{ era: 'A' }, { era: 'A' }])
    const { links, group } = together
    await using receiver = startReader(at(links, 1).berty, group)
    const medium = { bytes: Buffer.alloc(200_000, 7), mimeType: 'image/png', filename: 'a.png', displayName: 'noise' }
    const { outcome, cid } = await at(links, 0).berty.sendMedia(group, medium, options)
    expect(outcome).toBe('sent')
    await until('the medium is received', () => receiver.messages.some((message) => message.cid === cid))
    const { content } = at(
      receiver.messages.filter((message) => message.cid === cid),
      0,
    )
    expect(content).toMatchObject({ type: 'user', body: '', mediaCids: [expect.stringMatching(/^Ei[A-D]/)] })
  })
})

/** By the protocol service alone, without the messenger. */
async function inviteOf(peer: BertyPeer, group: PublicKey): Promise<ReturnType<typeof parseInvite>> {
  using connection = new BertyConnection(peer.endpoint)
  const method = protocolMethod('MultiMemberGroupInvitationCreate', 'weshnet.protocol.v1')
  const { group: found = {} } = await connection.unary(method, { group_pk: bytesOf(group) }, options)
  return parseInvite(bertyCodecs.group.encode(found))
}
