import { freeCallUserFlags, KeptCommand } from '../../client/index.js'

export default class FreecallReset extends KeptCommand {
  static audience = 'providers'
  static override summary = 'Forget how many free calls a user has made: he has all of them again.'
  static override description = 'Exit code 6: he has made none.'

  static override examples = ['<%= config.bin %> <%= command.id %> -a 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A']

  static override flags = freeCallUserFlags

  override async run(): Promise<{ user: string }> {
    const { flags } = await this.parse(FreecallReset)
    const request = { address: flags.address, user_id: flags['user-id'] }
    const { user = '' } = await this.atKept(flags, (place) => place.resetFreeCallUser(request))
    // With the blank at its end that scripts may match.
    this.log(`Success: User ${user} free calls have been reset `)
    return { user }
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
