import { Flags } from '@oclif/core'
import { byNumbers, keptChannelView, keptClaimView } from './render/kept.js'
import type { KeptChannelMessage, KeptClaimMessage } from '../shared/wire/index.js'

/** Flag of the lists that scripts of the existing daemon's users read. */
export const linesFlag = Flags.boolean({
  summary: 'Print one line of text for each, as the existing daemon does under "list channels" and "list claims".',
  exclusive: ['json'],
})

/** Channels in the words of the existing daemon, which leave the brace open (snet-behaviour 10). */
export const channelLines = (channels: readonly KeptChannelMessage[]): string =>
  channels
    .filter(({ nonce }) => nonce)
    .sort((a, b) => byNumbers(keptChannelView(a), keptChannelView(b)))
    .map(
      ({ channel, group_id, signature, ...kept }) =>
        `${channel}: {ChannelID: ${channel}, Nonce: ${kept.nonce}, State: Open, Sender: ${kept.sender}, ` +
        `Recipient: ${kept.recipient}, GroupId: ${base64(group_id)}, FullAmount: ${kept.value}, ` +
        `Expiration: ${kept.expiration}, Signer: ${kept.signer}, AuthorizedAmount: ${kept.authorized}, ` +
        `Signature: ${base64(signature)}`,
    )
    .join('\n')

/** Claims, likewise. */
export const claimLines = (claims: readonly KeptClaimMessage[], escrow: string): string =>
  [...claims]
    .sort((a, b) => byNumbers(keptClaimView(a), keptClaimView(b)))
    .map(
      ({ channel, nonce, amount, signature }) =>
        `${channel}/${nonce}: {MpeContractAddress: ${escrow}, ChannelID: ${channel}, ChannelNonce: ${nonce}, ` +
        `Amount: ${amount}, Signature: ${base64(signature)}}`,
    )
    .join('\n')

const base64 = (bytes: Uint8Array = new Uint8Array()): string => Buffer.from(bytes).toString('base64')
