import {
  byNumbers,
  claimLines,
  daemonFlags,
  KeptCommand,
  type KeptClaimView,
  keptClaimView,
  linesFlag,
  renderKeptClaims,
} from '../../client/index.js'

interface ClaimsListView {
  readonly claims: readonly KeptClaimView[]
  /** There are more than one answer holds. */
  readonly more: boolean
}

export default class ClaimsList extends KeptCommand {
  static audience = 'providers'
  static override summary = 'Show the claims that were begun and that your daemon keeps.'
  static override description = `A claim is kept until the chain has settled it for good. "claim --all --dry-run" shows what could be claimed.
Asks the daemon of this host over the socket in its data directory; while none runs, what it left there is read. Needs no key.`

  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  static override flags = { ...daemonFlags, lines: linesFlag }

  override async run(): Promise<ClaimsListView> {
    const { flags } = await this.parse(ClaimsList)
    const {
      claims = [],
      more = false,
      escrow,
    } = await this.atKept(flags, async (place) => ({
      ...(await place.listClaims()),
      escrow: flags.lines ? await place.escrow() : '',
    }))
    const views = claims.map(keptClaimView).sort(byNumbers)
    const lines = flags.lines ? claimLines(claims, escrow) : ''
    this.log(lines === '' ? renderKeptClaims(views) : lines)
    if (more) this.logToStderr(`There are more than these ${views.length}.`)
    return { claims: views, more }
  }

  protected override async openStored(dataDir: string) {
    return await (await import('../../daemon/index.js')).openStoredPayments(dataDir)
  }
}
