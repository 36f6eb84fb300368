/** The fields that let a browser show an answer to a page of this origin; undefined where it is not to. */
export type Origins = (origin: string | undefined) => Readonly<Record<string, string>> | undefined

export const VARY = { vary: 'Origin' }

/** What lets a browser show an answer to pages of any site: it is told to everybody. Cookies are never asked for. */
export const FOR_ALL_ORIGINS = { 'access-control-allow-origin': '*', ...VARY }

export const everyOrigin: Origins = () => FOR_ALL_ORIGINS

/** @param allowed origins as browsers write them; `*` stands for all */
export function createOrigins(allowed: readonly string[]): Origins {
  if (allowed.includes('*')) return everyOrigin
  const known = new Set(allowed)
  return (origin) => {
    // What is no page asks nobody for permission: it could leave the field out as well.
    if (origin === undefined) return VARY
    return known.has(origin) ? { ...VARY, 'access-control-allow-origin': origin } : undefined
  }
}
