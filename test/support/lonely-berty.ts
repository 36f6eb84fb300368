import { randomBytes } from 'node:crypto'
import { textOfCid } from '../../src/daemon/infra/berty/cids.js'
import { cid } from '../../src/daemon/infra/contract/keys.js'
import { aGroup, type Account, eraScript, type Script, type StreamScript } from './scripted-berty.js'

/** A Berty of era E with one group and nobody else in it: everything is stored, nothing is ever received. */
export function lonelyBerty(account?: Account): Script {
  const group = aGroup()
  const keys = { member_pk: randomBytes(32), device_pk: randomBytes(32) }
  const silent: StreamScript = (call) => {
    if ((call.request as { until_now?: boolean }).until_now) call.end()
  }
  let sent = 0
  return {
    ...eraScript('E', account),
    'protocol/MultiMemberGroupCreate': () => ({ group_pk: group.public_key }),
    'protocol/MultiMemberGroupLeave': () => ({}),
    'protocol/ActivateGroup': () => ({}),
    'protocol/GroupInfo': () => ({ group, ...keys }),
    'protocol/GroupMessageList': silent,
    'protocol/GroupMetadataList': silent,
    'messenger/ShareableBertyGroup': () => ({
      link: { kind: 2, berty_group: { group, display_name: 'chat' } },
      internal_url: 'berty://x',
      web_url: 'https://berty.tech/id#x',
    }),
    'messenger/Interact': () => {
      const digest = Buffer.alloc(32)
      digest.writeUInt32BE(++sent)
      return { cid: textOfCid(cid(Buffer.concat([Buffer.from('01711220', 'hex'), digest]))) }
    },
  }
}
