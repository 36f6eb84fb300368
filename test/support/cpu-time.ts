/** The time that this process has computed, in ms: unlike that of a clock it does not grow while others have the processor. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
