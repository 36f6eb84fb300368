/** The programs of this name on the PATH, the first one first. */
export function onPath(name: string, path?: string): string[]

/** The first Python on the PATH that knows the module; undefined where none does. */
export function pythonWith(module: string, path?: string): string | undefined
