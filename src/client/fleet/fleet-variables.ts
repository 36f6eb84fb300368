import { SnetError } from '../../shared/errors.js'

/** What the flags of `fleetFlags` may hold. */
export interface FleetFlagValues {
  readonly host?: readonly string[] | undefined
  readonly inventory?: string | undefined
  readonly 'token-file'?: string | undefined
  readonly 'tls-ca'?: string | undefined
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
  readonly insecure?: boolean | undefined
}

/** Environment variables that stand for flags. */
export const FLEET_VARIABLES = {
  host: 'INFRA_HOST',
  inventory: 'INFRA_INVENTORY',
  'token-file': 'INFRA_TOKEN_FILE',
  'tls-ca': 'INFRA_TLS_CA',
  'tls-cert': 'INFRA_TLS_CERT',
  'tls-key': 'INFRA_TLS_KEY',
  insecure: 'INFRA_INSECURE',
} as const satisfies Record<keyof FleetFlagValues, string>

/**
 * The flags as typed, with variables in place of those that were not. What is typed decides: hosts that are named do
 * away with an inventory of the environment, and `--insecure` with its files for TLS. Error: `invalid-request` for two
 * that cannot be used together.
 */
export function withVariables(
  typed: FleetFlagValues,
  env: Readonly<Record<string, string | undefined>>,
): FleetFlagValues {
  requireTogether(typed)
  const read = (name: keyof typeof FLEET_VARIABLES): string | undefined => env[FLEET_VARIABLES[name]] || undefined
  const namesHosts = typed.host !== undefined || typed.inventory !== undefined
  const hosts = namesHosts
    ? { host: typed.host, inventory: typed.inventory }
    : {
        host: read('host')
          ?.split(',')
          .map((one) => one.trim()),
        inventory: read('inventory'),
      }
  const file = (name: 'tls-ca' | 'tls-cert' | 'tls-key'): string | undefined =>
    typed[name] ?? (typed.insecure === true ? undefined : read(name))
  const asksTls = (['tls-ca', 'tls-cert', 'tls-key'] as const).some((name) => typed[name] !== undefined)
  const all = {
    ...hosts,
    'token-file': typed['token-file'] ?? read('token-file'),
    ...{ 'tls-ca': file('tls-ca'), 'tls-cert': file('tls-cert'), 'tls-key': file('tls-key') },
    insecure: typed.insecure ?? (asksTls ? false : isTrue(read('insecure'))),
  }
  requireTogether(all)
  return all
}

function requireTogether({ host, inventory, insecure, ...files }: FleetFlagValues): void {
  const refuse = (one: string, other: string): never => {
    throw new SnetError('invalid-request', `--${one} and --${other} cannot be used together`, {
      hint: `Environment variables count too: ${Object.values(FLEET_VARIABLES).join(', ')}.`,
    })
  }
  if (host !== undefined && inventory !== undefined) refuse('host', 'inventory')
  const tls = (['tls-ca', 'tls-cert', 'tls-key'] as const).find((name) => files[name] !== undefined)
  if (insecure === true && tls !== undefined) refuse('insecure', tls)
}

function isTrue(value: string | undefined): boolean {
  if (value === undefined || value === 'false' || value === '0') return false
  if (value === 'true' || value === '1') return true
  throw new SnetError('invalid-request', `${FLEET_VARIABLES.insecure}: expected true or false, got "${value}"`)
}
