import type { Storage, TableDefinition } from './storage/index.js'

const SECRETS: TableDefinition<string> = {
  name: 'secrets',
  encode: (secret) => ({ secret }),
  decode: (fields) => fields.text('secret'),
}

const TOKENS = 'tokens'

/**
 * Makes the secret of one daemon the secret of all that share the store, unless there is one: what one signs the others
 * have to take. Undefined where nobody shares it.
 */
export function shareSecret(
  storage: Pick<Storage, 'backend' | 'table'>,
): ((own: string) => Promise<string>) | undefined {
  if (storage.backend !== 'etcd') return undefined
  const table = storage.table(SECRETS)
  return (own) => table.change(TOKENS, (now = own) => ({ value: now, result: now }))
}
