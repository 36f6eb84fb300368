/** Whether HOST:PORT is this host by its own name for itself; other names may mean anybody. */
export const isLoopback = (address: string): boolean => /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]):/.test(address)
