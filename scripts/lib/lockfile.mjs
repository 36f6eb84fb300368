// What a package-lock.json of this house must look like.

/**
 * Optional packages that some package names and the lock has no entry for. npm 11 leaves out those a mirror could not
 * give it, and its own `npm ci` then refuses the lock.
 *
 * @returns lines such as `node_modules/lmdb: @lmdb/lmdb-linux-x64@3.5.6`
 */
export function missingOptionals({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isReachable(packages, path, name))
      .map(([name, version]) => `${path || '(root)'}: ${name}@${version}`),
  )
}

/** Entries that name the place they were fetched from: a mirror of one machine is no address for the next. */
export function namedRegistries({ packages }) {
  return Object.entries(packages)
    .filter(([, { resolved, link }]) => resolved !== undefined && !link)
    .map(([path, { resolved }]) => `${path}: ${resolved}`)
}

/** As node looks for a package: in the folder itself, then in each one around it. */
function isReachable(packages, from, name) {
  for (let at = from; ; at = around(at)) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true
    if (at === '') return false
  }
}

const around = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))
