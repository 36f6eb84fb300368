import { setTimeout } from 'node:timers/promises'

/**
 * Time as a part of what a test gives: the moment of a kill, a producer that is slow, a peer that needs a while. To
 * wait for something there is `until`.
 */
export const takeTime = (ms: number): Promise<void> => setTimeout(ms)
