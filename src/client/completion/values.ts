/** What a value may be that only the hosts or the inventory know. */
export const VALUE_KINDS = ['groups', 'tests', 'runs', 'peers'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

/** What the argument of a command means; undefined for one that nobody can list. */
export function kindOfArgument(command: string, argument: string): ValueKind | undefined {
  if (argument === 'group' || (argument === 'name' && command.startsWith('group:'))) return 'groups'
  if (argument === 'test') return 'tests'
  return argument === 'run' ? 'runs' : undefined
}

export const kindOfFlag = (flag: string): ValueKind | undefined =>
  flag === 'host' ? 'peers' : flag === 'run' ? 'runs' : undefined
