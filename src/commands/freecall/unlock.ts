import { Flags } from '@oclif/core'
import { freeCallUserFlags, KeptCommand } from '../../client/index.js'

export default class FreecallUnlock extends KeptCommand {
  static audience = 'providers'
  static override summary = 'End the free call that a user has under way, so that he can make another.'
  static override description = `Seldom needed: a user is free as soon as his call has ended, however it did, also with its daemon.
Exit code 5: a call is under way, and --force was not given; 6: there is none.`

  static override examples = [
    '<%= config.bin %> <%= command.id %> -a 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A --force',
  ]

  static override flags = {
    ...freeCallUserFlags,
    force: Flags.boolean({ summary: 'Cut off a call that is under way; it counts nothing.', default: false }),
  }

  override async run(): Promise<{ user: string }> {
    const { flags } = await this.parse(FreecallUnlock)
    const request = { address: flags.address, user_id: flags['user-id'], force: flags.force }
    const { user = '' } = await this.atKept(flags, (place) => place.unlockFreeCallUser(request))
    this.log(`Success: User ${user} unlocked`)
    return { user }
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
