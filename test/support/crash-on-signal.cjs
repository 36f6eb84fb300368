// Preloaded: SIGUSR2 makes a fault that nobody catches, with all that libraries hang on theirs.
process.on('SIGUSR2', () => {
  const { CRASH_URL, CRASH_SECRET } = process.env
  const fault = new Error(`could not ask ${CRASH_URL} with ${CRASH_SECRET}`)
  fault.info = { requestUrl: CRASH_URL }
  fault.request = { headers: { authorization: CRASH_SECRET } }
  fault.cause = new Error(`because of ${CRASH_SECRET}`)
  throw fault
})
