import type { DaemonConfig } from '../settings/index.js'
import { SnetError } from '../shared/errors.js'
import type { Chain } from './chain/index.js'
import { identityOf } from './compose-pages.js'
import { checkMetering } from './compose-reports.js'
import { failed, type Finding, ok } from './doctor/index.js'
import type { ServiceContext } from './metadata/index.js'

/** A service that is away keeps no daemon from its start: reports wait for it. */
export async function checkReports(
  config: DaemonConfig,
  { group }: ServiceContext,
  chain: Pick<Chain, 'health'>,
): Promise<Finding> {
  try {
    const daemon = identityOf(config, { group: group.idText })
    await checkMetering(config, { daemon, newestBlock: () => chain.health().block ?? 0n })
    return ok('metering', 'metering_endpoint takes reports that private_key_for_metering signs')
  } catch (fault) {
    const finding = failed('metering', fault, 'Check metering_endpoint: reports are kept until they are taken.')
    return fault instanceof SnetError && fault.kind === 'unavailable' ? asWarning(finding) : finding
  }
}

export const asWarning = (finding: Finding): Finding =>
  finding.level === 'fail' ? { ...finding, level: 'warn' } : finding
