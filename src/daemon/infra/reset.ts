import type { InfraControl } from './contract/control.js'
import type { JoinedGroups } from './groups/index.js'
import type { InfraStore } from './contract/store.js'
import type { LocalTests } from './runs/index.js'

/** Stops every test, then forgets tests, groups and runs. The caller resets the reliability. */
export async function resetEverything(
  { tests, groups, store }: { tests: LocalTests; groups: JoinedGroups; store: InfraStore },
  { leaveGroups }: { leaveGroups: boolean },
): ReturnType<InfraControl['reset']> {
  const testsStopped = await tests.forgetAll()
  const groupsForgotten = await groups.forgetAll({ leave: leaveGroups })
  const runsDeleted = await store.clear()
  return { testsStopped, groupsForgotten, runsDeleted }
}
