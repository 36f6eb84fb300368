/** Pieces of work, of a kind that a gate does too: objects that come and go, bytes that are copied, numbers that are looked up. */
const PIECES = 40_000
/** Of which the median counts: at first the work is not compiled yet, and now and then somebody interrupts. */
const TIMES = 5

/**
 * Processor time of some work that is always the same, in µs: as it grows, the machine has become slower, by its clock or by
 * what others do on it.
 */
export function measureYardstick(): number {
  const times = Array.from({ length: TIMES }, measureOnce).sort((a, b) => a - b)
  return times[Math.floor(TIMES / 2)] as number
}

function measureOnce(): number {
  const before = process.cpuUsage()
  const table = new Map<number, Buffer>()
  let sum = 0
  for (let i = 0; i < PIECES; i++) {
    const bytes = Buffer.alloc(300, i)
    const copy = Buffer.from(bytes.subarray(9))
    const fields = ['grpc-status', String(i), 'content-type', 'application/grpc'].map((field) => field.length)
    table.set(i % 1_000, copy)
    sum += (table.get((i * 7) % 1_000)?.[5] ?? 0) + (fields[1] as number)
  }
  const { user, system } = process.cpuUsage(before)
  if (sum < 0) throw new Error('the yardstick has a hole')
  return user + system
}
