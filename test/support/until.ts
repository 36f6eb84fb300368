import { setTimeout } from 'node:timers/promises'

/** Waits for a fact in another process or library that tells nobody when it changes; the test's timeout is the limit. */
export async function until(fact: () => boolean | Promise<boolean>, everyMs = 5): Promise<void> {
  while (!(await fact())) await setTimeout(everyMs)
}
