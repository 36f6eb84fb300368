import { ClaimCommand } from '../../client/index.js'

export default class ChannelClaim extends ClaimCommand {
  static audience = 'providers'
}
