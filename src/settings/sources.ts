import { NETWORKS } from './networks.js'
import { type Schema, type Source } from './engine.js'

/** `SNET_` and the key in capitals; an empty variable counts as unset. */
export const variableOf = (key: string): string => `SNET_${key.toUpperCase()}`

export function environment(schema: Schema, env: Readonly<Record<string, string | undefined>>): Source {
  const keys = Object.entries(schema).flatMap(([key, field]) => [key, ...(field.was ?? [])])
  const values = keys.flatMap((key) => (env[variableOf(key)] ? [[key, env[variableOf(key)]]] : []))
  return { origin: variableOf, values: Object.fromEntries(values) as Record<string, unknown> }
}

/** The flag of a key; keys with parts of their own have none, and secrets have none because everybody can read `ps`. */
export function flagOf(key: string, { flag, isStructured, secret }: Schema[string]): string | undefined {
  if (isStructured || secret === true) return undefined
  return flag?.name ?? key.replaceAll('_', '-')
}

export const flags = (schema: Schema, values: Readonly<Record<string, unknown>>): Source => ({
  origin: (key) => `--${(schema[key] && flagOf(key, schema[key])) ?? key}`,
  values,
})

/** What a network's name implies, below everything that is written. */
export function networkTable(name: unknown): Source {
  const known = NETWORKS[String(name)]
  return {
    origin: () => `network "${String(name)}"`,
    values: { registry_address_key: known?.registry, ethereum_json_rpc_http_endpoint: known?.rpcUrl },
  }
}

/** By a flag or a variable. */
export const isWritten = (origin: string): boolean => /^(?:--|SNET_)/.test(origin)
